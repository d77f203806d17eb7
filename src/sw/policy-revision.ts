import type { PrecacheEntry } from 'workbox-precaching';

/**
 * The content security policy comes with the pages and scripts of the build, so where a server's policy changes they must
 * be fetched anew although their content is the same: the policy's name becomes part of their revision.
 */
export function withPolicy(entries: readonly PrecacheEntry[], policy: string | undefined): PrecacheEntry[] {
  if (policy === undefined) return [...entries];
  return entries.map((entry) => (/\.(?:html|m?js)$/.test(entry.url) ? { ...entry, revision: `${entry.revision ?? ''}.${policy}` } : entry));
}
