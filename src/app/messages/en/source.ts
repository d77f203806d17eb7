/** Texts of the Source region. Keys begin with `source.`. */
export const source = {
  'source.close': 'Close source',
} as const;
