import type { AnswerSentence, Citation, Verification } from '#core/answer/answer-types.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { formatDuration } from '../../ui/format.ts';

const verificationKeys: Record<Verification, MessageKey> = {
  verified: 'answers.verified',
  partly: 'answers.partly',
  unsupported: 'answers.unsupported',
};

export function verificationWords(verification: Verification): string {
  return t(verificationKeys[verification]);
}

/** "Lease, page 12" */
export function placeWords({ title, page }: Citation): string {
  return page === undefined ? title : t('answers.place', { title, page });
}

/** The name of a citation's link: "Source 1: Lease, page 12, verified". */
export function citationName(citation: Citation): string {
  return t('answers.citation', { number: citation.number, place: placeWords(citation), verification: verificationWords(citation.verification) });
}

/** Whether an answer consists of the documents' own sentences, as all do to which no model wrote anything. */
export function isQuoted({ written }: Pick<TurnView, 'written'>): boolean {
  return written === undefined;
}

/** What is said of a written sentence that is not verified: how far it is supported, and what is wrong with it. */
export function doubtWords({ verification, doubt }: AnswerSentence): string | undefined {
  if (verification === 'verified') return undefined;
  const note = t(verification === 'partly' ? 'answers.partly' : 'answers.unsupported-note');
  // That nothing comes near it is what "not found" says already.
  return doubt === undefined || doubt === 'nothing-near' ? note : t('written.doubt', { note, doubt: t(`written.doubt-${doubt}`) });
}

/** Whether there was no document to search when the question was asked. */
export function isNothingSearched({ verdict, search }: TurnView): boolean {
  return verdict === 'not-found' && search?.coverage.documents === 0;
}

/** Why nothing was found: the documents do not answer, there are none, or none has been read yet. */
export function notFoundWords(turn: TurnView): string {
  if (!isNothingSearched(turn)) return t('answers.not-found');
  const pending = turn.search?.coverage.sourcesPending ?? 0;
  return pending > 0 ? t('answers.none-read', { count: pending }) : t('answers.no-documents');
}

/** "3 of 5 sentences verified, 1 partly, 1 not found", of those that a model wrote, else of the quotes. */
export function sentencesWords({ sentences: quotes, written }: Pick<TurnView, 'sentences' | 'written'>): string | undefined {
  const sentences = written && written.sentences.length > 0 ? written.sentences : quotes;
  const total = sentences.length;
  if (total === 0) return undefined;
  const count = (verification: Verification) => sentences.filter((sentence) => sentence.verification === verification).length;
  const words = [t('answers.verified-of', { verified: count('verified'), count: total })];
  if (count('partly') > 0) words.push(t('answers.partly-count', { count: count('partly') }));
  if (count('unsupported') > 0) words.push(t('answers.unsupported-count', { count: count('unsupported') }));
  return words.join(', ');
}

/** "3 quotes, word for word", of an answer that consists of nothing else. */
export function quotesWords(turn: TurnView): string | undefined {
  const isAll = isQuoted(turn) && turn.sentences.length > 0 && turn.sentences.every(({ verification }) => verification === 'verified');
  return isAll ? t('answers.quotes-count', { count: turn.sentences.length }) : undefined;
}

/** "1,204 passages of 14 sources searched in 21 ms" */
export function searchedWords(turn: TurnView): string | undefined {
  if (!turn.search || isNothingSearched(turn)) return undefined;
  const { coverage, cached } = turn.search;
  const sources = t('answers.sources', { count: coverage.documents });
  const key = cached ? 'answers.searched-cached' : 'answers.searched';
  return t(key, { count: coverage.passages, sources, time: formatDuration(searchMs(turn)) });
}

/** Milliseconds of all stages together. */
export function searchMs(turn: TurnView): number {
  return (turn.search?.timings ?? []).reduce((sum, timing) => sum + timing.ms, 0);
}
