import type { AnswerSentence, Citation } from '#core/answer/answer-types.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { t } from '../../messages/t.ts';
import { doubtWords, notFoundWords } from './answer-words.ts';
import { fullPlaceWords } from './section-words.ts';
import { shownQuote } from './shown-quote.ts';

/** An answer as plain text: sentences with [n] and what is doubtful in them, who wrote them, then the citations they name. */
export function answerAsText(turn: TurnView): string {
  const sentences = saidIn(turn).map((sentence) => `${sentence.text.trim()}${marksOf(sentence)}`);
  const sources = turn.citations.map((citation) => `[${citation.number}] ${fullPlaceWords(turn, citation)}: “${flat(shownQuote(turn, citation))}”`);
  return [sentences.join(' '), ...writerLine(turn), ...sources].join('\n');
}

/** Turns as Markdown: a heading a question, citations as a numbered list of quotes. Text of documents and models is escaped. */
export function asMarkdown(title: string, turns: readonly TurnView[]): string {
  const parts = [`# ${escapeMarkdown(flat(title))}`];
  for (const turn of turns) {
    parts.push(`## ${escapeMarkdown(flat(turn.question))}`, answerBody(turn, escapeMarkdown), ...writerLine(turn).map((line) => `*${escapeMarkdown(line)}*`));
    const list = turn.citations.map((citation) => `${citation.number}. ${escapeMarkdown(fullPlaceWords(turn, citation))}\n   > ${escapeMarkdown(flat(shownQuote(turn, citation)))}`);
    if (list.length > 0) parts.push(list.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Turns as a self-contained HTML page without script, style or link. Text of documents and models is escaped. */
export function asHtml(title: string, turns: readonly TurnView[], language = 'en'): string {
  const body = turns.map((turn) => {
    const list = turn.citations.map((citation) => `<li value="${citation.number}"><blockquote>${escapeHtml(shownQuote(turn, citation))}</blockquote><p>${escapeHtml(fullPlaceWords(turn, citation))}</p></li>`);
    return `<h2>${escapeHtml(turn.question)}</h2>\n<p>${answerBody(turn, escapeHtml)}</p>\n${writerLine(turn).map((line) => `<p><small>${escapeHtml(line)}</small></p>\n`).join('')}${list.length > 0 ? `<ol>${list.join('\n')}</ol>` : ''}`;
  });
  return `<!doctype html>\n<html lang="${escapeHtml(language)}">\n<meta charset="utf-8">\n<title>${escapeHtml(title)}</title>\n<h1>${escapeHtml(title)}</h1>\n${body.join('\n')}\n</html>\n`;
}

/** Turns as data: question, state, judgement, sentences, citations and closest passages, these with their exact `quote` and the `text` shown of it. */
export function asJson(title: string, turns: readonly TurnView[]): string {
  const items = turns.map((turn) => {
    const withText = (citation: Citation) => ({ ...citation, text: shownQuote(turn, citation) });
    const { question, askedAt, state, verdict, judgement, sentences, written, notWritten } = turn;
    return { question, askedAt, state, verdict, judgement, generator: written?.generator ?? 'extractive', sentences, written, notWritten, citations: turn.citations.map(withText), closest: turn.closest.map(withText) };
  });
  return `${JSON.stringify({ title, turns: items }, null, 2)}\n`;
}

function answerBody(turn: TurnView, escape: (text: string) => string): string {
  const said = saidIn(turn);
  if (said.length === 0) return escape(notFoundWords(turn));
  return said.map((sentence) => `${escape(flat(sentence.text))}${escape(marksOf(sentence))}`).join(' ');
}

/** What a model wrote, where it wrote something, else the quotes. */
function saidIn({ written, sentences }: TurnView): readonly AnswerSentence[] {
  return written && written.sentences.length > 0 ? written.sentences : sentences;
}

/** " [1] (partly supported: the number is not in the source)" */
function marksOf(sentence: AnswerSentence): string {
  const note = doubtWords(sentence);
  return `${sentence.citations.map((number) => ` [${number}]`).join('')}${note === undefined ? '' : ` (${note})`}`;
}

/** Who wrote the answer, where a model did. */
function writerLine({ written }: TurnView): string[] {
  return written && written.sentences.length > 0 ? [t('written.by', { model: written.title })] : [];
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
