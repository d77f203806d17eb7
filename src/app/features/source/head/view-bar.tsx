import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';
import { stepZoom, type Zoom } from './zoom-steps.ts';

type Properties = {
  /** Named by the button that shows the bar where there is no room for it. */
  id: string;
  open: boolean;
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
  /** The scale that `fit` comes to; absent where there is no paper to fit. */
  fit?: number | undefined;
  /** Of a PDF shown as pages. */
  pages?: { current: number; total: number; go: (page: number) => void } | undefined;
  /** Absent where the original was not kept. */
  onDownload?: (() => void) | undefined;
};

/** Page field, zoom and download, in one line at the foot; a narrow region shows it only while it is `open`. */
export function ViewBar({ id, open, zoom, setZoom, fit, pages, onDownload }: Properties): VNode {
  return (
    <div id={id} class={open ? 'source-foot open' : 'source-foot'} role="group" aria-label={t('source.view')}>
      {pages && <PageField {...pages} />}
      <ZoomButtons {...{ zoom, setZoom, fit }} />
      {onDownload
        ? (
          <button type="button" class="button bare" onClick={onDownload} aria-label={t('source.download')}>
            <span class="full">{t('source.download')}</span>
            <span class="short">{t('source.download-short')}</span>
          </button>
        )
        : <span class="source-count">{t('source.no-original')}</span>}
    </div>
  );
}

/** What a zoom is called. */
export function zoomText(zoom: Zoom): string {
  return zoom === 'fit' ? t('source.fit') : t('source.percent', { percent: Math.round(zoom * 100) });
}

function ZoomButtons({ zoom, setZoom, fit }: Pick<Properties, 'zoom' | 'setZoom' | 'fit'>): VNode {
  const scale = zoom === 'fit' ? (fit ?? 1) : zoom;
  const usual: Zoom = fit === undefined ? 1 : 'fit';
  const name = t(fit === undefined ? 'source.usual-size' : 'source.fit');
  const percent = zoomText(zoom);
  const step = (direction: 1 | -1, sign: string, words: string): VNode => (
    <button type="button" class="button bare sign" disabled={stepZoom(scale, direction) === scale} onClick={() => setZoom(stepZoom(scale, direction))} aria-label={words} title={words}>{sign}</button>
  );
  return (
    <span class="source-buttons">
      {step(-1, '−', t('source.zoom-out'))}
      <button type="button" class="button bare num zoom" disabled={zoom === usual} onClick={() => setZoom(usual)} aria-label={zoom === 'fit' ? name : t('source.zoom-now', { name, percent })} title={name}>{percent}</button>
      {step(1, '+', t('source.zoom-in'))}
    </span>
  );
}

function PageField({ current, total, go }: NonNullable<Properties['pages']>): VNode {
  const submit = (event: Event & { currentTarget: HTMLInputElement }): void => {
    const page = Math.trunc(Number(event.currentTarget.value));
    if (Number.isFinite(page)) go(Math.min(total, Math.max(1, page)));
  };
  return (
    <label class="source-page num">
      {t('source.page')}
      <input class="field" type="number" min={1} max={total} value={current} onChange={submit} />
      {t('source.of', { total })}
    </label>
  );
}
