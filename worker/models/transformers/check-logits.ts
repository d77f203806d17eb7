import { AppError } from '#core/errors/app-error.ts';
import type { ModelDtype, RerankFacts } from '#core/models/model-manifest.ts';

type ScoreOne = (query: string, passage: string) => Promise<number>;

/** Largest difference of a logit to the unquantised one, for logits that lie within 1 of each other; more for a wider range. */
const tolerances: Partial<Record<ModelDtype, number>> = { fp32: 1e-3, fp16: 0.01, q8: 0.1 };
const otherTolerance = 0.1;

const question = 'When does the library open?';
const fitting = 'The library opens at nine in the morning, on Saturdays at ten.';
const foreign = 'Granite is an igneous rock that forms deep in the crust of the earth.';

/** Scores the canaries one by one and compares. Errors: `model/wrong-numbers`. */
export async function assertLogits(canaries: RerankFacts['canaries'], dtype: ModelDtype, scoreOne: ScoreOne): Promise<void> {
  const expected = canaries.map(({ logit }) => logit);
  const range = Math.max(1, Math.max(...expected) - Math.min(...expected));
  const tolerance = (tolerances[dtype] ?? otherTolerance) * range;
  for (const { query, passage, logit } of canaries) {
    const actual = await scoreOne(query, passage);
    // Written so that a number that is none fails too.
    if (!(Math.abs(actual - logit) <= tolerance)) throw new AppError('model/wrong-numbers', `a logit is ${actual}, not ${logit} within ${tolerance}`);
  }
}

/** For models of which no logits were published: finite numbers, and a passage that answers before one about something else. */
export async function assertSaneLogits(scoreOne: ScoreOne): Promise<void> {
  const near = await scoreOne(question, fitting);
  const far = await scoreOne(question, foreign);
  if (!(near > far && Number.isFinite(near) && Number.isFinite(far))) {
    throw new AppError('model/wrong-numbers', `a passage that answers scores ${near}, another ${far}`);
  }
}
