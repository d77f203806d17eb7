import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatBytes, formatLocale } from '../../ui/format.ts';
import { PageFrame } from '../shell/page-frame.tsx';
import { deviceWords } from './device-line.tsx';
import { readModelFacts, type ModelFacts } from './model-facts.ts';

/** What searches and writes on this device. */
export function ModelsPage() {
  const facts = useSignal<ModelFacts | 'missing' | undefined>(undefined);
  useEffect(() => {
    readModelFacts().then((read) => { facts.value = read; }, () => { facts.value = 'missing'; });
  }, []);
  // What lies below the facts waits for them, so that nothing moves when they come.
  if (!facts.value) return <PageFrame title={t('shell.models')} intro={t('models.intro')}><p role="status" class="quiet">{t('models.reading-facts')}</p></PageFrame>;
  return (
    <PageFrame title={t('shell.models')} intro={t('models.intro')}>
      <ThisDevice />
      <section aria-labelledby="models-meaning">
        <h2 id="models-meaning" class="section-title">{t('models.by-meaning')}</h2>
        <div class="panel"><BuiltInModel facts={facts.value} /></div>
      </section>
      <section aria-labelledby="models-written">
        <h2 id="models-written" class="section-title">{t('models.written')}</h2>
        <div class="panel"><div><p>{t('models.none-written')}</p><p class="small quiet">{t('models.none-written-more')}</p></div></div>
      </section>
    </PageFrame>
  );
}

function ThisDevice() {
  const { device } = useApp();
  const known = device.value;
  return (
    <section aria-labelledby="models-device">
      <h2 id="models-device" class="section-title">{t('models.this-device')}</h2>
      <div class="panel">
        <dl class="facts-two">
          <div><dt>{t('models.hardware')}</dt><dd class="num">{known ? [deviceWords(known), known.memoryGb && t('models.memory', { count: known.memoryGb })].filter(Boolean).join(', ') : t('models.device-probing')}</dd></div>
          <div><dt>{t('models.isolated')}</dt><dd>{t(globalThis.crossOriginIsolated ? 'models.isolated-yes' : 'models.isolated-no')}</dd></div>
        </dl>
      </div>
    </section>
  );
}

function BuiltInModel({ facts }: { facts: ModelFacts | 'missing' }) {
  return (
    <article class="card" aria-labelledby="model-built-in">
      <h3 id="model-built-in">{t('models.built-in')}</h3>
      <span class="state on">{t('models.in-use')}</span>
      <p>{t('models.built-in-words')}</p>
      <Facts facts={facts} />
    </article>
  );
}

function Facts({ facts }: { facts: ModelFacts | 'missing' }) {
  if (facts === 'missing') return <p role="status">{t('models.facts-missing')}</p>;
  const figure = (value: number) => new Intl.NumberFormat(formatLocale()).format(value);
  const rows = [
    [t('models.id'), facts.id],
    [t('models.weights'), formatBytes(facts.weightBytes)],
    [t('models.dimensions'), figure(facts.dims)],
    [t('models.vocabulary'), figure(facts.vocabulary)],
    [t('models.languages'), facts.languages],
    [t('models.licence'), facts.licence],
  ];
  return <dl class="facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="num">{value}</dd></div>)}</dl>;
}
