import type { CorpusId } from '#core/ids.ts';
import type { SearchRequest, SearchResult } from '#core/search/search-types.ts';
import type { AnswerComposer } from './open-answers.ts';

/** Collections that are looked into; the question waits for none of them, but the processor does. */
const mostCollections = 8;
const passages = 6;

export type FindElsewhereDeps = { search: (request: SearchRequest) => Promise<SearchResult>; compose: AnswerComposer };

/** Which of these corpora seem to answer a question, each with the number of passages that the answer would quote, most first. */
export async function findElsewhere(question: string, corpora: readonly CorpusId[], { search, compose }: FindElsewhereDeps): Promise<{ collection: CorpusId; passages: number }[]> {
  const found: { collection: CorpusId; passages: number }[] = [];
  for (const corpus of corpora.slice(0, mostCollections)) {
    const result = await search({ question, corpora: [corpus], k: passages });
    const quoted = await countQuoted(compose({ question, result, signal: new AbortController().signal }));
    if (quoted > 0) found.push({ collection: corpus, passages: quoted });
  }
  return found.sort((a, b) => b.passages - a.passages);
}

async function countQuoted(events: ReturnType<AnswerComposer>): Promise<number> {
  for await (const event of events) {
    if (event.kind === 'search' && event.verdict === 'not-found') return 0;
    if (event.kind === 'done') return event.answer.citations.length;
  }
  return 0;
}
