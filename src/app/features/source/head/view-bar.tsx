import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';
import { stepZoom } from './zoom-steps.ts';

type Properties = {
  zoom: number;
  setZoom: (zoom: number) => void;
  /** Of a PDF shown as pages. */
  pages?: { current: number; total: number; go: (page: number) => void } | undefined;
  /** Absent where the original was not kept. */
  onDownload?: (() => void) | undefined;
};

/** Zoom, page field and download. */
export function ViewBar({ zoom, setZoom, pages, onDownload }: Properties): VNode {
  return (
    <div class="source-bar">
      {pages && <PageField {...pages} />}
      <span class="source-buttons">
        <button type="button" class="button bare" disabled={stepZoom(zoom, -1) === zoom} onClick={() => setZoom(stepZoom(zoom, -1))}>{t('source.zoom-out')}</button>
        <button type="button" class="button bare" disabled={stepZoom(zoom, 1) === zoom} onClick={() => setZoom(stepZoom(zoom, 1))}>{t('source.zoom-in')}</button>
        <button type="button" class="button bare" disabled={zoom === 1} onClick={() => setZoom(1)}>{t('source.fit')}</button>
      </span>
      {onDownload
        ? <button type="button" class="button bare" onClick={onDownload}>{t('source.download')}</button>
        : <span class="source-count">{t('source.no-original')}</span>}
    </div>
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
