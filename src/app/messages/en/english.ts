import { source } from './source.ts';

/** All English texts; a file per feature, keys prefixed with the feature's name. */
export const english = { ...source };
