import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { ModelTask } from '#core/models/model-manifest.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { PageFrame } from '../shell/page-frame.tsx';
import { BuiltInCard } from './built-in-card.tsx';
import { deviceVerdict, hardwareWords } from './device-words.ts';
import { groupModels } from './group-models.ts';
import { ImportModels } from './import-models.tsx';
import { ModelCard } from './model-card.tsx';
import { canBeInstalled } from './model-words.ts';
import { readModelFacts, type ModelFacts } from './model-facts.ts';
import { useAnnouncedModels } from './use-announced-models.ts';
import './models.css';

/** What searches and writes on this device, and what could. */
export function ModelsPage() {
  const { library } = useApp();
  const facts = useSignal<ModelFacts | 'missing' | undefined>(undefined);
  useAnnouncedModels();
  useEffect(() => {
    readModelFacts().then((read) => { facts.value = read; }, () => { facts.value = 'missing'; });
  }, []);
  // All stands at once, so that nothing moves while parts of it are still being read.
  if (!facts.value || !library.ready.value) return <PageFrame title={t('shell.models')} intro={t('models.intro')}><p role="status" class="quiet">{t('models.reading')}</p></PageFrame>;
  return (
    <PageFrame title={t('shell.models')} intro={t('models.intro')}>
      <ThisDevice />
      <TaskSection task="embed"><BuiltInCard facts={facts.value} /></TaskSection>
      <TaskSection task="rerank" />
      <TaskSection task="generate" />
      <section aria-labelledby="models-files">
        <h2 id="models-files" class="section-title">{t('models.from-files-title')}</h2>
        <ImportModels />
      </section>
    </PageFrame>
  );
}

function ThisDevice() {
  const { device, models, canAskHub } = useApp().library.models.value;
  const hardware = device && [hardwareWords(device), device.memoryGb && t('models.memory', { count: device.memoryGb })].filter(Boolean).join(', ');
  return (
    <section aria-labelledby="models-device">
      <h2 id="models-device" class="section-title">{t('models.this-device')}</h2>
      <div class="panel">
        <p class="verdict">{deviceVerdict({ ...(device && { device }), models, canAskHub })}</p>
        <dl class="facts-two">
          <div><dt>{t('models.hardware')}</dt><dd class="num">{hardware ?? t('models.device-probing')}</dd></div>
          <div><dt>{t('models.isolated')}</dt><dd>{t((device?.crossOriginIsolated ?? globalThis.crossOriginIsolated) ? 'models.isolated-yes' : 'models.isolated-no')}</dd></div>
          <div><dt>{t('models.browser')}</dt><dd>{device?.browser || '\u00A0'}</dd></div>
        </dl>
      </div>
    </section>
  );
}

/** Models that cannot be had here stand among the others up to this number; more of them fold away. */
const shownIdle = 2;

/** The models of one task, one of which may be chosen. */
function TaskSection({ task, children }: { task: ModelTask; children?: ComponentChildren }) {
  const state = useApp().library.models.value;
  const groups = groupModels(state.models.filter((model) => model.task === task));
  const idle = groups.filter(({ model }) => model.phase === 'available' && !canBeInstalled(model, state));
  const isFolded = idle.length > shownIdle;
  const id = `models-${task}`;
  return (
    <section aria-labelledby={id}>
      <div class="section-title"><h2 id={id}>{t(`models.task-${task}`)}</h2><span class="small quiet">{t(`models.note-${task}`)}</span></div>
      <div class="panel">
        {children}
        {groups.length === 0 && task !== 'embed' && <p class="small quiet">{t(`models.none-${task}`)}</p>}
        {groups.filter((group) => !isFolded || !idle.includes(group)).map((group) => <ModelCard key={group.model.key} group={group} />)}
        {isFolded && (
          <details class="idle-models">
            <summary>{t('models.idle', { count: idle.length })}</summary>
            {idle.map((group) => <ModelCard key={group.model.key} group={group} />)}
          </details>
        )}
      </div>
    </section>
  );
}
