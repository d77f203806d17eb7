import type { Citation } from '#core/answer/answer-types.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { notFoundWords, verificationWords } from './answer-words.ts';
import { fullPlaceWords } from './section-words.ts';
import { shownQuote } from './shown-quote.ts';

/** An answer as plain text: sentences with [n], then the citations they name. */
export function answerAsText(turn: TurnView): string {
  const sentences = turn.sentences.map(({ text, citations }) => `${text.trim()}${citations.map((number) => ` [${number}]`).join('')}`);
  const sources = turn.citations.map((citation) => `[${citation.number}] ${fullPlaceWords(turn, citation)}: “${flat(shownQuote(turn, citation))}”`);
  return [sentences.join(' '), ...sources].join('\n');
}

/** Turns as Markdown: a heading a question, citations as a numbered list of quotes. Text of documents is escaped. */
export function asMarkdown(title: string, turns: readonly TurnView[]): string {
  const parts = [`# ${escapeMarkdown(flat(title))}`];
  for (const turn of turns) {
    parts.push(`## ${escapeMarkdown(flat(turn.question))}`, answerBody(turn, escapeMarkdown));
    const list = turn.citations.map((citation) => `${citation.number}. ${escapeMarkdown(fullPlaceWords(turn, citation))} (${verificationWords(citation.verification)})\n   > ${escapeMarkdown(flat(shownQuote(turn, citation)))}`);
    if (list.length > 0) parts.push(list.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Turns as a self-contained HTML page without script, style or link. Text of documents is escaped. */
export function asHtml(title: string, turns: readonly TurnView[], language = 'en'): string {
  const body = turns.map((turn) => {
    const list = turn.citations.map((citation) => `<li value="${citation.number}"><blockquote>${escapeHtml(shownQuote(turn, citation))}</blockquote><p>${escapeHtml(fullPlaceWords(turn, citation))} (${escapeHtml(verificationWords(citation.verification))})</p></li>`);
    return `<h2>${escapeHtml(turn.question)}</h2>\n<p>${answerBody(turn, escapeHtml)}</p>\n${list.length > 0 ? `<ol>${list.join('\n')}</ol>` : ''}`;
  });
  return `<!doctype html>\n<html lang="${escapeHtml(language)}">\n<meta charset="utf-8">\n<title>${escapeHtml(title)}</title>\n<h1>${escapeHtml(title)}</h1>\n${body.join('\n')}\n</html>\n`;
}

/** Turns as data: question, state, judgement, sentences, citations and closest passages, these with their exact `quote` and the `text` shown of it. */
export function asJson(title: string, turns: readonly TurnView[]): string {
  const items = turns.map((turn) => {
    const withText = (citation: Citation) => ({ ...citation, text: shownQuote(turn, citation) });
    const { question, askedAt, state, verdict, judgement, generator, sentences } = turn;
    return { question, askedAt, state, verdict, judgement, generator, sentences, citations: turn.citations.map(withText), closest: turn.closest.map(withText) };
  });
  return `${JSON.stringify({ title, turns: items }, null, 2)}\n`;
}

function answerBody(turn: TurnView, escape: (text: string) => string): string {
  if (turn.sentences.length === 0) return escape(notFoundWords(turn));
  return turn.sentences.map(({ text, citations }) => `${escape(flat(text))}${citations.map((number) => ` ${escape(`[${number}]`)}`).join('')}`).join(' ');
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
