import { useEffect, useId, useRef } from 'preact/hooks';
import type { Judgement } from '#core/answer/answer-types.ts';
import type { RankedPassage, SearchResult, StageName, UsedModel } from '#core/search/search-types.ts';
import { useApp, type App } from '../../app-context.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { formatDuration, formatLocale } from '../../ui/format.ts';
import { currentScope } from '../library/scope.ts';
import { deviceNameWords } from '../models/device-words.ts';
import { searchMs } from './answer-words.ts';
import { citedIn, keySentence } from './key-sentence.ts';
import './why-these-passages.css';

type WhyProps = { turn: TurnView; search: SearchResult; onClose: () => void };

/** The ranked passages with their scores, what was searched, and where the time went. */
export function WhyThesePassages({ turn, search, onClose }: WhyProps) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const room = Math.min(innerHeight, panel.current?.closest('.scroll')?.clientHeight ?? innerHeight);
    panel.current?.scrollIntoView({ block: panel.current.clientHeight > room ? 'start' : 'nearest' });
  }, []);
  return (
    <section ref={panel} class="why" aria-labelledby={id}>
      <header><h3 id={id}>{t('answers.why')}</h3><button type="button" class="button bare" onClick={onClose}>{t('library.close')}</button></header>
      <div><PassageTable turn={turn} passages={search.passages} /></div>
      {search.timings.length > 0 && <div><h4>{t('why.time')}</h4><StageBars turn={turn} search={search} /></div>}
      <div><Facts search={search} turn={turn} /></div>
    </section>
  );
}

const figure = (value: number, digits: number) => new Intl.NumberFormat(formatLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
const score = (value: number) => figure(value, 2);
/** As exact as the thresholds are. */
const exactScore = (value: number) => figure(value, 3);

function PassageTable({ turn, passages }: { turn: TurnView; passages: readonly RankedPassage[] }) {
  if (passages.length === 0) return <p class="small quiet">{t('why.none')}</p>;
  const isReranked = passages.some(({ rerank }) => rerank !== undefined);
  return (
    <table class="slim">
      <caption class="hidden-text">{t(isReranked ? 'why.caption-reranked' : 'why.caption')}</caption>
      <thead><tr>
        <th scope="col" class="figure rank"><span class="hidden-text">{t('why.rank')}</span></th>
        <th scope="col">{t('why.passage')}</th>
        <th scope="col" class="figure">{t('why.keyword')}</th>
        <th scope="col" class="figure">{t('why.meaning')}</th>
        <th scope="col" class="figure">{t('why.fused')}</th>
        {isReranked && <th scope="col" class="figure">{t('why.rerank')}</th>}
        <th scope="col">{t('why.use')}</th>
      </tr></thead>
      <tbody>
        {passages.map((ranked, index) => (
          <tr key={`${ranked.segment}-${ranked.row}`}>
            <td class="figure rank">{index + 1}</td>
            <td class="full"><span class="excerpt" dir="auto">{keySentence(turn, ranked)}</span><span class="doc">{placeOf(turn, ranked)}</span></td>
            <td class="figure" data-label={t('why.keyword')}>{score(ranked.keyword)}</td>
            <td class="figure" data-label={t('why.meaning')}>{score(ranked.meaning)}</td>
            <td class="figure" data-label={t('why.fused')}>{score(ranked.fused)}</td>
            {isReranked && <td class="figure" data-label={t('why.rerank')}>{ranked.rerank === undefined ? '' : score(ranked.rerank)}</td>}
            <td class="use">{useOf(turn, ranked)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Title and page: that of the sentences cited from the passage, else that of its beginning. */
function placeOf(turn: TurnView, ranked: RankedPassage): string {
  const { document, passage } = ranked;
  const cited = [...new Set(citedIn(turn, ranked).flatMap(({ page }) => page ?? []))].sort((a, b) => a - b);
  if (cited.length > 1) return t('why.pages', { title: document.title, pages: new Intl.ListFormat(formatLocale(), { type: 'unit' }).format(cited.map(String)) });
  const starts = document.pageStarts;
  const page = cited[0] ?? (starts ? starts.filter((start) => start <= passage.start).length : 0);
  return page > 0 ? t('answers.place', { title: document.title, page }) : document.title;
}

function useOf(turn: TurnView, ranked: RankedPassage): string {
  const numbers = citedIn(turn, ranked).map((citation) => citation.number);
  return numbers.length > 0 ? t('why.cited', { numbers: new Intl.ListFormat(formatLocale(), { type: 'unit' }).format(numbers.map(String)) }) : t('why.not-cited');
}

const stageKeys: Record<StageName, MessageKey> = {
  analyze: 'why.stage-analyze', embed: 'why.stage-embed', keyword: 'why.stage-keyword', vectors: 'why.stage-vectors',
  fuse: 'why.stage-fuse', rerank: 'why.stage-rerank', read: 'why.stage-read', answer: 'why.stage-answer',
};

function StageBars({ turn, search }: { turn: TurnView; search: SearchResult }) {
  const total = searchMs(turn);
  let passed = 0;
  const rows = search.timings.map((timing) => {
    const from = passed;
    passed += timing.ms;
    return { ...timing, from };
  });
  const share = (ms: number) => `${total > 0 ? (100 * ms) / total : 0}%`;
  return (
    <table class="bars">
      <caption class="hidden-text">{t('why.time')}</caption>
      <tbody>
        {rows.map(({ stage, ms, from }) => (
          <tr key={stage}><th scope="row">{t(stageKeys[stage])}</th><td><i style={{ marginInlineStart: share(from), inlineSize: share(ms) }} /></td><td class="figure">{formatDuration(ms)}</td></tr>
        ))}
        <tr class="sum"><th scope="row">{t('why.stage-sum')}</th><td /><td class="figure">{formatDuration(total)}</td></tr>
      </tbody>
    </table>
  );
}

type Fact = [MessageKey, string];

/** "all-MiniLM-L6-v2 (q8), on the processor"; the bundled table goes by its own name. */
function usedWords({ library }: Pick<App, 'library'>, { model, dtype, device }: UsedModel): string {
  const known = library.models.value.models.find(({ id, key }) => model === id || model === key);
  if (device === undefined && !known) return t('why.device-words');
  const name = known?.title ?? model;
  return [dtype === undefined ? name : `${name} (${dtype})`, device === undefined ? '' : deviceNameWords(device)].filter(Boolean).join(', ');
}

function judgementWords({ value, weakFrom, answeredFrom, rule }: Judgement): string {
  return t(`why.evidence-${rule}`, { value: exactScore(value), weak: exactScore(weakFrom), answered: exactScore(answeredFrom) });
}

/** Who wrote, how fast and on what; the figures are there when it has ended by itself. */
function writerFigures({ written }: TurnView): string {
  if (!written) return t('why.writing-none');
  const { title, figures } = written;
  if (!figures || figures.tokens === 0) return title;
  const { tokens, tokensPerSecond, firstTokenMs, device } = figures;
  return [t('written.why-generator', { model: title, count: tokens, speed: figure(tokensPerSecond, 1), time: formatDuration(firstTokenMs) }), deviceNameWords(device)].filter(Boolean).join(', ');
}

function Facts({ search, turn }: { search: SearchResult; turn: TurnView }) {
  const app = useApp();
  const collection = app.library.collections.value.find((one) => one.id === currentScope(app));
  const { coverage, cached } = search;
  const { judgement } = turn;
  const facts: Fact[] = [
    ['why.searched', `${collection?.name ?? t('library.all')}: ${t('why.searched-of', { count: coverage.passages, sources: t('answers.sources', { count: coverage.documents }) })}`],
    ['why.by-meaning', t('why.by-meaning-of', { done: coverage.passagesByMeaning, total: coverage.passages })],
    ...(judgement ? [['why.evidence', judgementWords(judgement)] satisfies Fact] : []),
    ...(judgement?.decidedBy ? [['why.decided', t(`why.decided-${judgement.decidedBy}`)] satisfies Fact] : []),
    ['why.writing', writerFigures(turn)],
    ['why.meaning-model', search.meaningModel ? usedWords(app, search.meaningModel) : t('why.device-words')],
    ...(search.neuralFallback ? [['why.fallback', t(`why.fallback-${search.neuralFallback}`)] satisfies Fact] : []),
    ...(search.rerankModel ? [['why.rerank-model', usedWords(app, search.rerankModel)] satisfies Fact] : []),
  ];
  if (cached) facts.push(['why.cache', t('why.cached')]);
  return <dl class="facts-two">{facts.map(([key, value]) => <div key={key}><dt>{t(key)}</dt><dd class="num">{value}</dd></div>)}</dl>;
}
