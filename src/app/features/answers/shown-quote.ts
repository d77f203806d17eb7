import type { Citation } from '#core/answer/answer-types.ts';
import { showQuote, stripInlineMarkup } from '#core/answer/show-quote.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { citedPassage } from './cited-passage.ts';

type Told = Pick<TurnView, 'search' | 'sentences' | 'citations'>;

/**
 * A citation's quote as a person reads it, without the marks of Markdown and the breaks of lines: as the answer itself
 * says it where it quotes just that, else as `showQuote` makes it of the text.
 */
export function shownQuote(turn: Told, citation: Citation): string {
  const said = isCited(turn, citation) ? turn.sentences.find(({ citations }) => citations.length === 1 && citations[0] === citation.number) : undefined;
  if (said) return said.text;
  const from = citedPassage(turn, citation);
  const type = from?.ranked.document.type ?? 'text';
  const shown = showQuote(citation.quote, type, from?.block);
  if (from?.block?.kind === 'code') return shown;
  return (type === 'markdown' ? stripInlineMarkup(shown) : shown).replace(/^(?:#{1,6}|[-*+•])\s+/u, '');
}

/** The closest passages have numbers of their own. */
function isCited({ citations }: Told, { number, document, start, end }: Citation): boolean {
  return citations.some((own) => own.number === number && own.document === document && own.start === start && own.end === end);
}
