import { useSignal } from '@preact/signals';
import type { Source } from '#core/engine/engine-api.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { errorParts } from '../../ui/error-text.ts';
import { removeSources } from './source-actions.ts';
import { statusWords, typeWords } from './source-words.ts';

/** Why a source could not be read, what is safe, and what to do. */
export function FailureCard({ source }: { source: Source }) {
  const app = useApp();
  const details = useSignal(false);
  const code = source.error?.code ?? 'internal';
  const { what, safe, next } = errorParts(code);
  return (
    <div class="failure">
      <strong dir="auto">{source.title}</strong>
      <span class="meta">{[typeWords(source), statusWords(source)].filter(Boolean).join(' · ')}</span>
      <p role="alert"><span class="bad">{t('errors.could-not-be-read')}</span> {what} {safe} {next}</p>
      <p class="row">
        <button type="button" class="textual" onClick={() => { app.engine.retrySource(source.id).catch(app.fail); }}>{t('library.retry')}</button>
        <button type="button" class="textual" aria-expanded={details.value} onClick={() => { details.value = !details.value; }}>{t('errors.details')}</button>
        <button type="button" class="textual" onClick={() => void removeSources(app, [source])}>{t('library.remove')}</button>
      </p>
      {details.value && <CopyCode code={code} />}
    </div>
  );
}
