import type { TurnView } from '../../model/turn-view.ts';
import { notFoundWords, placeWords, verificationWords } from './answer-words.ts';

/** An answer as plain text: sentences with [n], then the citations they name. */
export function answerAsText(turn: TurnView): string {
  const sentences = turn.sentences.map(({ text, citations }) => `${text.trim()}${citations.map((number) => ` [${number}]`).join('')}`);
  const sources = turn.citations.map((citation) => `[${citation.number}] ${placeWords(citation)}: “${flat(citation.quote)}”`);
  return [sentences.join(' '), ...sources].join('\n');
}

/** Turns as Markdown: a heading a question, citations as a numbered list of quotes. Text of documents is escaped. */
export function asMarkdown(title: string, turns: readonly TurnView[]): string {
  const parts = [`# ${escapeMarkdown(flat(title))}`];
  for (const turn of turns) {
    parts.push(`## ${escapeMarkdown(flat(turn.question))}`, answerBody(turn, escapeMarkdown));
    const list = turn.citations.map((citation) => `${citation.number}. ${escapeMarkdown(placeWords(citation))} (${verificationWords(citation.verification)})\n   > ${escapeMarkdown(flat(citation.quote))}`);
    if (list.length > 0) parts.push(list.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Turns as a self-contained HTML page without script, style or link. Text of documents is escaped. */
export function asHtml(title: string, turns: readonly TurnView[], language = 'en'): string {
  const body = turns.map((turn) => {
    const list = turn.citations.map((citation) => `<li value="${citation.number}"><blockquote>${escapeHtml(citation.quote)}</blockquote><p>${escapeHtml(placeWords(citation))} (${escapeHtml(verificationWords(citation.verification))})</p></li>`);
    return `<h2>${escapeHtml(turn.question)}</h2>\n<p>${answerBody(turn, escapeHtml)}</p>\n${list.length > 0 ? `<ol>${list.join('\n')}</ol>` : ''}`;
  });
  return `<!doctype html>\n<html lang="${escapeHtml(language)}">\n<meta charset="utf-8">\n<title>${escapeHtml(title)}</title>\n<h1>${escapeHtml(title)}</h1>\n${body.join('\n')}\n</html>\n`;
}

/** Turns as data: question, state, sentences, citations and closest passages. */
export function asJson(title: string, turns: readonly TurnView[]): string {
  const items = turns.map(({ question, askedAt, state, verdict, generator, sentences, citations, closest }) => ({ question, askedAt, state, verdict, generator, sentences, citations, closest }));
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
