import type { Passage } from '../../src/core/document/passage.ts';
import { evalCorpus, indexDocuments, toParsedDocument, type EvalModels } from './index-documents.ts';
import { rankings, sortBy, type RankingName } from './evaluate-retrieval.ts';
import { mean } from './ranking-metrics.ts';
import type { ChunkingSet, GoldSpan } from './read-chunking-set.ts';

/** Share of the gold spans of which at least half lies in the first five passages; each text is a corpus of its own. */
export type SpanRow = { set: string; ranking: RankingName; spanRecall5: number; passages: number };

const deep = 200;

/** Scores the chunker together with the ranking: does what is found first hold the text that answers? */
export async function evaluateSpans(set: ChunkingSet, models: EvalModels): Promise<SpanRow[]> {
  const hits: Record<RankingName, number[]> = { keyword: [], vectors: [], hybrid: [] };
  let count = 0;
  for (const { name, text } of set.corpora) {
    const { searcher, passages } = await indexDocuments([toParsedDocument({ id: name, title: '', text })], models);
    count += passages;
    for (const question of set.questions.filter(({ corpus }) => corpus === name)) {
      const request = { question: question.text, corpora: [evalCorpus] };
      const candidates = (await searcher.search({ ...request, k: deep })).passages;
      const found = {
        hybrid: (await searcher.search({ ...request, k: 5 })).passages,
        keyword: sortBy(candidates, ({ keyword }) => keyword),
        vectors: sortBy(candidates, ({ meaning }) => meaning),
      };
      for (const ranking of rankings) {
        const first = found[ranking].slice(0, 5).map(({ passage }) => passage);
        for (const span of question.spans) hits[ranking].push(coverage(span, first) >= 0.5 ? 1 : 0);
      }
    }
  }
  return rankings.map((ranking) => ({ set: 'chunking', ranking, spanRecall5: mean(hits[ranking]), passages: count }));
}

/** Share of a span that lies in the passages, which do not overlap. */
function coverage({ start, end }: GoldSpan, passages: readonly Passage[]): number {
  const covered = passages.reduce((sum, passage) => sum + Math.max(0, Math.min(end, passage.start + passage.text.length) - Math.max(start, passage.start)), 0);
  return end > start ? covered / (end - start) : 0;
}
