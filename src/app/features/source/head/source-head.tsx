import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';

export type Panel = 'outline' | 'find' | 'view';

type Properties = {
  title: string;
  /** Page or size, after the title. */
  place: string;
  /** The zoom in words. */
  zoom: string;
  panel: Panel | undefined;
  /** The panels this source has. */
  panels: readonly Panel[];
  /** Id of the bar that the panel `view` shows in a narrow region; a wide one shows it always. */
  viewBar?: string;
  onPanel: (panel: Panel) => void;
  onClose: () => void;
};

/** Title, the panels' buttons, and Close. */
export function SourceHead({ title, place, zoom, panel, panels, viewBar, onPanel, onClose }: Properties): VNode {
  const toggle = (name: Panel, words: string): VNode => (
    <button type="button" class="button bare" aria-expanded={panel === name} onClick={() => onPanel(name)}>{words}</button>
  );
  return (
    <div class="source-head">
      <h2 class="source-title" title={title}><span class="name">{title}</span> <span class="place num">{place}</span></h2>
      {panels.includes('outline') && toggle('outline', t('source.outline'))}
      {panels.includes('find') && toggle('find', t('source.find'))}
      {panels.includes('view') && (
        <button type="button" class="button bare num view" aria-expanded={panel === 'view'} aria-controls={viewBar} aria-label={t('source.view-zoom', { zoom })} onClick={() => onPanel('view')}>{zoom}</button>
      )}
      <button type="button" class="button bare" onClick={onClose} aria-label={t('source.close')}>{t('source.close-short')}</button>
    </div>
  );
}
