import { useSignal } from '@preact/signals';
import type { Source } from '#core/engine/engine-api.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { BreakableName } from '../../ui/breakable-name.tsx';
import { CopyCode } from '../../ui/copy-code.tsx';
import { errorParts, shortReason } from '../../ui/error-text.ts';
import { removeSources } from './source-actions.ts';
import { isPdf, statusWords } from './source-words.ts';

/** The head of the card that failures make up together: how many, and what can be done with all of them. */
export function FailuresHead({ failed }: { failed: readonly Source[] }) {
  const app = useApp();
  const retry = () => { for (const { id } of failed) app.engine.retrySource(id).catch(app.fail); };
  return (
    <div class="failures-head">
      <p role="alert">{t('library.failures', { count: failed.length })}</p>
      <span class="row">
        <button type="button" class="textual" onClick={retry}>{t('library.retry-all')}</button>
        <button type="button" class="textual" onClick={() => void removeSources(app, failed)}>{t('library.remove-all')}</button>
      </span>
    </div>
  );
}

/** A source that could not be read: a short reason, which opens to why, what is safe, and what to do. */
export function FailureCard({ source, open }: { source: Source; open: boolean }) {
  const wish = useSignal<boolean | undefined>(undefined);
  const isOpen = wish.value ?? open;
  return (
    <div class={isOpen ? 'failure' : 'failure folded'}>
      <button type="button" class="failure-head" aria-expanded={isOpen} title={source.path} onClick={() => { wish.value = !isOpen; }}>
        <strong dir="auto"><BreakableName name={source.title} /></strong><span class="hidden-text"> {statusWords(source)}</span>
        {!isOpen && <>: <span class="why-failed">{shortReason(source.error?.code ?? 'internal', isPdf(source))}</span></>}
      </button>
      {isOpen && <Reason source={source} />}
    </div>
  );
}

function Reason({ source }: { source: Source }) {
  const app = useApp();
  const details = useSignal(false);
  const code = source.error?.code ?? 'internal';
  const { what, safe, next } = errorParts(code, isPdf(source));
  return (
    <>
      <p role="alert"><span class="bad">{t('errors.could-not-be-read')}</span> {what} {safe} {next}</p>
      <p class="row">
        <button type="button" class="textual" onClick={() => { app.engine.retrySource(source.id).catch(app.fail); }}>{t('library.retry')}</button>
        <button type="button" class="textual" aria-expanded={details.value} onClick={() => { details.value = !details.value; }}>{t('errors.details')}</button>
        <button type="button" class="textual" onClick={() => void removeSources(app, [source])}>{t('library.remove')}</button>
      </p>
      {details.value && <CopyCode code={code} />}
    </>
  );
}
