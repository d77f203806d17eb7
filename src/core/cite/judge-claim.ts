import type { Doubt } from '../answer/answer-types.ts';
import type { Alignment } from './align-claim.ts';
import { findDenialConflicts, findTurnedRoles } from './find-denials.ts';
import { findValueConflicts, type Conflict, type JudgedPart } from './find-conflicts.ts';
import type { WeightedToken } from './read-claim.ts';
import type { SourceWindow } from './source-window.ts';

export type PartLevel = 'contradicted' | 'supported' | 'partial' | 'absent';

/** What one part of a claim came to in one window. `coverage`: share of its weight that the window has. */
export type JudgedClause = { places: readonly number[]; level: PartLevel; coverage: number; weight: number; doubt?: Doubt; conflicts: readonly Conflict[]; alignment: Alignment; window: SourceWindow };

/** Shares of a part's weight: from `supported` on all that matters is there, below `partial` next to nothing. */
const shares = { supported: 0.8, partial: 0.5, contradicted: 0.45 };

/** Judges a part of a claim against a window, given how the claim is aligned to it. */
export function judgeClause(claim: readonly WeightedToken[], places: readonly number[], window: SourceWindow, alignment: Alignment): JudgedClause {
  return judgePart({ claim, places, alignment, main: mainSentence(places, alignment, window), window });
}

/** The sentence of a window that has most of a part. */
function mainSentence(places: readonly number[], { at, quality }: Alignment, window: SourceWindow): number {
  let met = 0;
  for (const i of places) if (window.sentenceOf[at[i] ?? -1] === window.first) met += quality[i] ?? 0;
  for (const i of places) if (window.sentenceOf[at[i] ?? -1] === window.last) met -= quality[i] ?? 0;
  return met > 0 ? window.first : met < 0 ? window.last : window.main;
}

function judgePart(part: JudgedPart): JudgedClause {
  const { places, alignment, window } = part;
  const conflicts = [...findValueConflicts(part), ...findDenialConflicts(part), ...findTurnedRoles(part)];
  const [coverage, weight] = measure(part, new Set());
  const [without] = measure(part, new Set(conflicts.map(({ token }) => token)));
  const contrary = conflicts.find(({ isContrary }) => isContrary && without >= shares.contradicted) ?? conflicts.find(() => without >= shares.supported);
  const level: PartLevel = contrary !== undefined ? 'contradicted' : coverage < shares.partial ? 'absent' : coverage >= shares.supported && conflicts.length === 0 ? 'supported' : 'partial';
  const doubt = contrary?.doubt ?? conflicts[0]?.doubt ?? (level === 'absent' ? 'nothing-near' : level === 'partial' ? 'other-words' : undefined);
  return { places, level, coverage, weight, ...(doubt !== undefined && { doubt }), conflicts, alignment, window };

  function measure({ claim: tokens }: JudgedPart, leftOut: ReadonlySet<number>): [number, number] {
    let [met, all] = [0, 0];
    for (const i of places) {
      const token = tokens[i];
      if (token === undefined || leftOut.has(i) || token.weight === 0) continue;
      const quality = alignment.quality[i] ?? 0;
      if (token.isAsked && quality === 0) continue;
      all += token.weight;
      met += token.weight * (quality > 0 ? quality : token.isName && isAround(token) ? 0.7 : 0);
    }
    return [all === 0 ? 1 : met / all, all];
  }

  /** A name that a pronoun stands for in the window, or that the title has. */
  function isAround({ term }: WeightedToken): boolean {
    return window.source.terms.has(term) || window.source.titleTerms.has(term);
  }
}
