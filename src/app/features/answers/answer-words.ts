import type { Citation, Verification } from '#core/answer/answer-types.ts';
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

/** "3 of 5 sentences verified, 1 partly, 1 not found" */
export function sentencesWords(turn: TurnView): string | undefined {
  const total = turn.sentences.length;
  if (total === 0) return undefined;
  const count = (verification: Verification) => turn.sentences.filter((sentence) => sentence.verification === verification).length;
  const words = [t('answers.verified-of', { verified: count('verified'), count: total })];
  if (count('partly') > 0) words.push(t('answers.partly-count', { count: count('partly') }));
  if (count('unsupported') > 0) words.push(t('answers.unsupported-count', { count: count('unsupported') }));
  return words.join(', ');
}

/** "1,204 passages of 14 sources searched in 21 ms" */
export function searchedWords(turn: TurnView): string | undefined {
  if (!turn.search) return undefined;
  const { coverage, cached } = turn.search;
  const sources = t('answers.sources', { count: coverage.documents });
  const key = cached ? 'answers.searched-cached' : 'answers.searched';
  return t(key, { count: coverage.passages, sources, time: formatDuration(searchMs(turn)) });
}

/** Milliseconds of all stages together. */
export function searchMs(turn: TurnView): number {
  return (turn.search?.timings ?? []).reduce((sum, timing) => sum + timing.ms, 0);
}
