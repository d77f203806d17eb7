import type { AnswerVerdict } from '../answer/answer-types.ts';
import type { ModelTrust } from '../models/model-manifest.ts';

/**
 * Whether a model is asked at all: a `toy` answers whatever it is given, so only where the evidence is strong; `small` and
 * `able` ones also where it is weak; none where nothing was found (`generation-models` measurement in `docs/decisions.md`).
 */
export function mayWrite(verdict: AnswerVerdict, trust: ModelTrust): boolean {
  if (verdict === 'not-found') return false;
  return verdict === 'answered' || trust !== 'toy';
}
