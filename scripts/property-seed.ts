import * as fc from 'fast-check';

/**
 * Property tests draw the same examples on every run, so that a failure is met by whoever caused it. `ALCOVE_SEED` draws
 * others: a number, or `random`.
 */
const seed = process.env['ALCOVE_SEED'] ?? '20261124';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
