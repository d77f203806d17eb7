import type { AppError } from '#core/errors/app-error.ts';
import type { VNode } from 'preact';
import { t } from '../../messages/t.ts';

/** Says that a source could not be opened, what is safe, and what to do. */
export function SourceFailure({ error, onAgain }: { error: AppError; onAgain: () => void }): VNode {
  const gone = error.code === 'not-found' || error.code === 'source/gone';
  return (
    <div class="source-failure" role="alert">
      <p><strong>{t(gone ? 'source.gone' : 'source.failed')}</strong></p>
      <p>{t(gone ? 'source.gone-safe' : 'source.failed-safe')}</p>
      {!gone && <button type="button" class="button" onClick={onAgain}>{t('source.try-again')}</button>}
      <details>
        <summary>{t('source.details')}</summary>
        <code>{error.code}</code>
      </details>
    </div>
  );
}
