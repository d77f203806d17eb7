import type { AlcovePage } from '../../e2e/alcove-page.ts';

/**
 * A state of the page worth looking at, and how a person gets there from a fresh visit. `isScripted`: over the scripted
 * engine of the sources, not the built page's own; `isMoving`: pictured at once, since it does not stay.
 */
export type Screen = { name: string; isScripted?: true; isMoving?: true; reach: (app: AlcovePage, address: string) => Promise<void> };
