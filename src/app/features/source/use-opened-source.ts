import type { EngineApi } from '#core/engine/engine-api.ts';
import { toAppError, type AppError } from '#core/errors/app-error.ts';
import type { DocumentId } from '#core/ids.ts';
import { useEffect, useState } from 'preact/hooks';
import { closeSource, openSource, type OpenedSource } from './open-source.ts';

export type Opening = { state: 'opening' } | { state: 'open'; opened: OpenedSource } | { state: 'failed'; error: AppError };

/** Opens a source, and closes it when another takes its place. `again` tries anew after a failure. */
export function useOpenedSource(engine: EngineApi, id: DocumentId): { opening: Opening; again: () => void } {
  const [opening, setOpening] = useState<Opening & { id?: DocumentId }>({ state: 'opening' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let opened: OpenedSource | undefined;
    setOpening({ state: 'opening', id });
    openSource(engine, id).then(
      (source) => {
        opened = source;
        if (gone) void closeSource(source);
        else setOpening({ state: 'open', opened: source, id });
      },
      (error: unknown) => gone || setOpening({ state: 'failed', error: toAppError(error), id }),
    );
    return () => {
      gone = true;
      if (opened) void closeSource(opened);
    };
  }, [engine, id, attempt]);
  const current: Opening = opening.id === id ? opening : { state: 'opening' };
  return { opening: current, again: () => setAttempt((count) => count + 1) };
}
