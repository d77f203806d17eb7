import type { ProfileId, Sha256 } from '../ids.ts';

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
  canaries: Canary[];
};

/** The id of a profile: SHA-256 of the UTF-8 JSON of its fields without `canaries`, keys in code point order, no spaces. */
export async function profileId(profile: Profile): Promise<ProfileId> {
  const fields = Object.entries(profile).filter(([name]) => name !== 'canaries');
  const sorted = Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(sorted)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') as ProfileId;
}
