import type { Sha256 } from '../ids.ts';

/** Lowercase hex SHA-256 of some bytes. */
export async function sha256(bytes: Uint8Array): Promise<Sha256> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256;
}

/** The same of a text's UTF-8 bytes. */
export function sha256OfText(text: string): Promise<Sha256> {
  return sha256(new TextEncoder().encode(text));
}
