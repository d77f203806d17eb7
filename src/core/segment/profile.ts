import type { ProfileId, Sha256 } from '../ids.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256OfText } from './sha256.ts';

/** A text and the vector that the profile's model must give for it, as unit float32 values. */
export type Canary = { text: string; vector: number[] };

/** What a vector means. Vectors of different profiles are never compared; the id is the hash of all fields but `canaries`. */
export type Profile = {
  model: string;
  commit: string;
  dtype: string;
  pooling: 'mean' | 'cls' | 'weighted-mean';
  queryPrefix: string;
  passagePrefix: string;
  tokenizer: Sha256;
  chunker: string;
  dims: number;
  maxTokens: number;
  /** Weight of the keyword score in the fusion rule. */
  keywordWeight: number;
  /** The same for passages in languages the model does not know (`Embedder.languages`), where cosines tell less. Absent: `keywordWeight`. */
  keywordWeightElsewhere?: number;
  /**
   * Cosines that count as 0 and as 1 beside those of the bundled model, for which the thresholds of verdicts were made.
   * Absent: the fusion rule takes them as they are, and what is there to be answered is not judged by them.
   */
  meaningScale?: { zero: number; one: number };
  canaries: Canary[];
};

/** The id of a profile: SHA-256 of the canonical JSON of its fields without `canaries`. */
export async function profileId(profile: Profile): Promise<ProfileId> {
  const { canaries: _canaries, ...fields } = profile;
  return (await sha256OfText(canonicalJson(fields))) as string as ProfileId;
}
