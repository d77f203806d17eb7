import { useId } from 'preact/hooks';
import type { ModelState } from '#core/models/model-state.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatBytes } from '../../ui/format.ts';
import type { ModelGroup } from './group-models.ts';
import { ModelActions } from './model-actions.tsx';
import { runModelCommand } from './model-commands.ts';
import { ModelFailure } from './model-failure.tsx';
import { ModelStanding } from './model-standing.tsx';
import { aboutWords, canBeInstalled, isIndexed, languageWords, parameterWords, speedWords, stateWords } from './model-words.ts';

/** One model: what it does and can be trusted with, how it stands, its figures, and what can be done with it. */
export function ModelCard({ group: { model, others, isSecond } }: { group: ModelGroup }) {
  const id = useId();
  const { library } = useApp();
  const { device } = library.models.value;
  const canInstall = canBeInstalled(model, library.models.value);
  const title = titleOf(model, isSecond);
  const look = model.phase === 'failed' ? 'state no' : model.isChosen && model.phase === 'ready' && isIndexed(model) ? 'state on' : 'state';
  return (
    <article class="card model-card" aria-labelledby={id} data-phase={model.phase}>
      <h3 id={id}>{title}</h3>
      <span class={look}>{stateWords(model, device)}</span>
      <p>{aboutWords(model)}</p>
      {model.phase === 'failed' ? <ModelFailure model={model} /> : <ModelStanding model={model} title={title} canInstall={canInstall} />}
      <ModelActions model={model} title={title} canInstall={canInstall} />
      <ModelFacts model={model} />
      {others.map((other) => <OtherExport key={other.key} model={other} />)}
    </article>
  );
}

function titleOf({ title, source }: ModelState, isSecond: boolean): string {
  if (!isSecond) return title;
  return t(source === 'hub' ? 'models.title-hub' : 'models.title-other', { title });
}

function ModelFacts({ model }: { model: ModelState }) {
  const { downloadBytes, storedBytes, memoryBytes, licence, languages, parameters } = model;
  const isStored = model.phase === 'installed' || model.phase === 'starting' || model.phase === 'ready';
  const size = isStored ? formatBytes(storedBytes) : downloadBytes === undefined ? t('models.size-unknown') : formatBytes(downloadBytes);
  const rows = [
    { name: t(isStored ? 'models.on-disk' : 'models.download'), value: size },
    { name: t('models.model-memory'), value: memoryBytes > 0 ? formatBytes(memoryBytes) : t('models.not-told') },
    { name: t('models.speed'), value: speedWords(model) },
    { name: t('models.languages'), value: languageWords(languages) },
    { name: t('models.parameters'), value: parameters > 0 ? parameterWords(parameters) : t('models.not-told') },
    { name: t('models.licence'), value: <Licence licence={licence} /> },
  ];
  return <dl class="facts">{rows.map(({ name, value }) => <div key={name}><dt>{name}</dt><dd class="num">{value}</dd></div>)}</dl>;
}

/** The licence's text lies on another site and is opened by nobody but the person, in a tab of its own. */
function Licence({ licence: { name, url } }: Pick<ModelState, 'licence'>) {
  const isLink = url !== undefined && /^https:\/\//i.test(url);
  return isLink ? <a href={url} target="_blank" rel="noopener noreferrer">{name}</a> : <>{name}</>;
}

/** Another export of the same model, to be installed in the place of the card's own. */
function OtherExport({ model }: { model: ModelState }) {
  const app = useApp();
  const isHub = model.source === 'hub';
  const size = model.downloadBytes === undefined ? t('models.size-unknown') : formatBytes(model.downloadBytes);
  if (!canBeInstalled(model, app.library.models.value)) return null;
  return (
    <p class="other-export">
      {t(isHub ? 'models.also-hub' : 'models.also-other', { size })}{' '}
      <button type="button" class="textual" onClick={() => runModelCommand(app, 'install', model)}>
        {t(isHub ? 'models.install-hub' : 'models.install-other')} {model.title}
      </button>
    </p>
  );
}
