import type { ModelState } from '#core/models/model-state.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatDuration } from '../../ui/format.ts';
import { isIndexed, isRunnable, loadedWords, notHereWords, rateWords, sourceWords } from './model-words.ts';

type StandingProps = { model: ModelState; title: string; canInstall: boolean };

/** How far a model is, in a place that is as high in every state: nothing below it moves while it goes on. */
export function ModelStanding({ model, title, canInstall }: StandingProps) {
  return <div class="standing">{model.progress ? <Download model={model} title={title} /> : <Words model={model} title={title} canInstall={canInstall} />}</div>;
}

function Download({ model, title }: { model: ModelState; title: string }) {
  const { progress } = model;
  if (!progress) return null;
  const isPaused = model.phase === 'paused';
  return (
    <>
      <progress class={isPaused ? 'still' : undefined} max={Math.max(1, progress.totalBytes)} value={progress.loadedBytes} aria-label={t('models.progress', { title })} />
      <p class="meta"><span>{loadedWords(progress.loadedBytes, progress.totalBytes)}</span><span>{isPaused ? t('models.resumes') : rateWords(progress)}</span></p>
    </>
  );
}

function Words({ model, title, canInstall }: StandingProps) {
  const { device, canAskHub } = useApp().library.models.value;
  switch (model.phase) {
    case 'checking': return <><progress aria-label={t('models.progress', { title })} /><p>{t('models.checking-words')}</p></>;
    case 'starting': return <p>{t('models.starting-words')}</p>;
    case 'installed': return <p>{t('models.installed-words')}</p>;
    case 'ready': return <Running model={model} title={title} />;
    default: break;
  }
  const { licence } = model;
  const isHubOff = model.source === 'hub' && !canAskHub;
  if (!isRunnable(model, device)) return <p>{notHereWords(model, device)}</p>;
  return (
    <p>
      {isHubOff ? t('models.hub-off') : sourceWords(model)}
      {canInstall && licence.mustAccept && <> {t('models.accept', { licence: licence.name })}</>}
    </p>
  );
}

function Running({ model, title }: { model: ModelState; title: string }) {
  const { running, indexed } = model;
  const started = running ? t('models.started', { time: formatDuration(running.loadMs) }) : '';
  if (!indexed || !model.isChosen) return <p>{started}</p>;
  const isWhole = isIndexed(model);
  return (
    <>
      {!isWhole && <progress max={Math.max(1, indexed.total)} value={indexed.done} aria-label={t('models.indexing-progress', { title })} />}
      <p class="num">{isWhole && started} {t(isWhole ? 'models.indexed' : 'models.indexing', { done: indexed.done, total: indexed.total })}</p>
    </>
  );
}
