import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';

export type Panel = 'outline' | 'find' | 'view';

type Properties = {
  title: string;
  /** Page or size, after the title. */
  place: string;
  zoom: number;
  panel: Panel | undefined;
  /** The panels this source has. */
  panels: readonly Panel[];
  onPanel: (panel: Panel) => void;
  onClose: () => void;
};

/** Title, the panels' buttons, and Close. */
export function SourceHead({ title, place, zoom, panel, panels, onPanel, onClose }: Properties): VNode {
  const toggle = (name: Panel, words: string, label?: string): VNode => (
    <button type="button" class="button bare num" aria-expanded={panel === name} aria-label={label} onClick={() => onPanel(name)}>{words}</button>
  );
  const percent = t('source.percent', { percent: Math.round(zoom * 100) });
  return (
    <div class="source-head">
      <h2 class="source-title" title={title}>{title} <span>{place}</span></h2>
      {panels.includes('outline') && toggle('outline', t('source.outline'))}
      {panels.includes('find') && toggle('find', t('source.find'))}
      {panels.includes('view') && toggle('view', percent, t('source.view-zoom', { percent }))}
      <button type="button" class="button bare" onClick={onClose} aria-label={t('source.close')}>{t('source.close-short')}</button>
    </div>
  );
}
