import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatBytes, formatLocale } from '../../ui/format.ts';
import type { ModelFacts } from './model-facts.ts';
import { isIndexed } from './model-words.ts';

/** The model that came with Alcove: it searches where no other is chosen, and until another has all passages. */
export function BuiltInCard({ facts }: { facts: ModelFacts | 'missing' }) {
  const { engine, library, fail } = useApp();
  const chosen = library.models.value.models.find(({ task, isChosen }) => task === 'embed' && isChosen);
  const isSearching = chosen?.phase !== 'ready' || !isIndexed(chosen);
  return (
    <article class="card model-card" aria-labelledby="model-built-in">
      <h3 id="model-built-in">{t('models.built-in')}</h3>
      <span class={isSearching ? 'state on' : 'state'}>{t(isSearching ? 'models.state-in-use' : 'models.state-part', { state: t('models.state-installed') })}</span>
      <p>{t('models.built-in-words')}</p>
      <div class="standing"><p>{t('models.built-in-first')}</p></div>
      <div class="row">
        {chosen && <button type="button" class="button" onClick={() => { engine.chooseModel('embed', undefined).catch(fail); }}>{t('models.use')}<span class="hidden-text"> {t('models.built-in')}</span></button>}
      </div>
      <Facts facts={facts} />
    </article>
  );
}

function Facts({ facts }: { facts: ModelFacts | 'missing' }) {
  if (facts === 'missing') return <p role="status">{t('models.facts-missing')}</p>;
  const figure = (value: number) => new Intl.NumberFormat(formatLocale()).format(value);
  const rows = [
    [t('models.on-disk'), formatBytes(facts.weightBytes)],
    [t('models.dimensions'), figure(facts.dims)],
    [t('models.vocabulary'), figure(facts.vocabulary)],
    [t('models.language'), facts.languages],
    [t('models.id'), facts.id],
    [t('models.licence'), facts.licence],
  ];
  return <dl class="facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="num">{value}</dd></div>)}</dl>;
}
