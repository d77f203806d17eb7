import { AppError } from '../errors/app-error.ts';
import type { ParseLimits } from './parse-limits.ts';

/** What a parser is given besides its bytes: bounds, a way to be stopped, and a way to say how far it is. */
export type ParseContext = {
  readonly limits: ParseLimits;
  /** Address of the folder with `cmaps/` and `standard_fonts/` of pdf.js, ending in a slash; absent: text that needs them may be lost. */
  readonly pdfAssets?: string | undefined;
  /** Throws `aborted` or `source/timeout` when it is time to stop. Cheap enough for every row. */
  readonly checkpoint: () => void;
  /** Tells progress, checks, and now and then lets other tasks of the thread run. */
  report(done: number, total: number): Promise<void>;
};

export type ParseOptions = {
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  limits?: Partial<ParseLimits>;
  pdfAssets?: string;
};

/** Longest time between two breaths of the thread, so that a wish to stop is heard. */
const breathMs = 40;

export function createParseContext(limits: ParseLimits, options: ParseOptions): ParseContext {
  const deadline = performance.now() + limits.milliseconds;
  let lastBreath = performance.now();
  const checkpoint = (): void => {
    if (options.signal?.aborted) throw new AppError('aborted', 'reading was stopped');
    if (performance.now() > deadline) {
      throw new AppError('source/timeout', `not read within ${limits.milliseconds} ms`, { detail: { limitMs: limits.milliseconds } });
    }
  };
  return {
    limits,
    pdfAssets: options.pdfAssets,
    checkpoint,
    async report(done, total) {
      options.onProgress?.(done, total);
      checkpoint();
      if (performance.now() - lastBreath < breathMs) return;
      await new Promise<void>((resolve) => {
        setTimeout(resolve);
      });
      lastBreath = performance.now();
      checkpoint();
    },
  };
}
