import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';
import { stepZoom } from './zoom-steps.ts';

type Properties = {
  /** Named by the button that shows the bar where there is no room for it. */
  id: string;
  open: boolean;
  zoom: number;
  setZoom: (zoom: number) => void;
  /** Of a PDF shown as pages. */
  pages?: { current: number; total: number; go: (page: number) => void } | undefined;
  /** Absent where the original was not kept. */
  onDownload?: (() => void) | undefined;
};

/** Page field, zoom and download, in one line at the foot; a narrow region shows it only while it is `open`. */
export function ViewBar({ id, open, zoom, setZoom, pages, onDownload }: Properties): VNode {
  return (
    <div id={id} class={open ? 'source-foot open' : 'source-foot'} role="group" aria-label={t('source.view')}>
      {pages && <PageField {...pages} />}
      <ZoomButtons zoom={zoom} setZoom={setZoom} />
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

function ZoomButtons({ zoom, setZoom }: Pick<Properties, 'zoom' | 'setZoom'>): VNode {
  const percent = t('source.percent', { percent: Math.round(zoom * 100) });
  const step = (direction: 1 | -1, sign: string, name: string): VNode => (
    <button type="button" class="button bare sign" disabled={stepZoom(zoom, direction) === zoom} onClick={() => setZoom(stepZoom(zoom, direction))} aria-label={name} title={name}>{sign}</button>
  );
  return (
    <span class="source-buttons">
      {step(-1, '−', t('source.zoom-out'))}
      <button type="button" class="button bare num" disabled={zoom === 1} onClick={() => setZoom(1)} aria-label={t('source.fit-now', { percent })} title={t('source.fit')}>{percent}</button>
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
