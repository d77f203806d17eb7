import type { PassageBlock } from '../document/passage.ts';
import type { DocumentId } from '../ids.ts';
import { analyze } from '../language/analyze-text.ts';
import type { RankedPassage } from '../search/search-types.ts';
import type { AskedTerm } from './asked-terms.ts';
import type { TermMatch } from './match-terms.ts';

/** A term that stands in so many of a document's sentences tells none of them apart; it takes a few sentences to say so. */
const commonShare = 0.25;
const fewestSentences = 6;

/**
 * The terms of a question that each document is about as a whole: they stand in its title or in many of its sentences
 * found, rows of tables not counted, which
 * repeat their values. `matches[i]` is of the sentence i. Gives places of terms in the question by document.
 */
export function topicOf(found: readonly { ranked: RankedPassage; block: PassageBlock }[], matches: readonly TermMatch[], asked: readonly AskedTerm[]): Map<DocumentId, Set<number>> {
  const topics = new Map<DocumentId, Set<number>>();
  const documents = new Map(found.map(({ ranked: { document } }) => [document.id, document]));
  for (const [id, { title, language }] of documents) {
    const titled = analyze(title, language);
    const own = matches.filter((_, i) => found[i]?.ranked.document.id === id && found[i]?.block.kind !== 'table-row');
    const topic = asked.flatMap(({ forms }, term) => {
      const holding = own.filter((match) => match.get(term) === 1).length;
      const isCommon = own.length >= fewestSentences && holding > own.length * commonShare;
      return isCommon || forms.some((form) => titled.has(form)) ? [term] : [];
    });
    topics.set(id, new Set(topic));
  }
  return topics;
}
