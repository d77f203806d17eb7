import { useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { ArchMark } from '../../ui/arch-mark.tsx';
import { ResizeGrip } from '../../ui/resize-grip.tsx';
import { AddButtons } from '../adding/add-buttons.tsx';
import { PasteForm } from '../adding/paste-form.tsx';
import { areWaysInShown } from '../first-visit/ways-in.tsx';
import { CollectionList } from './collection-list.tsx';
import { LibraryFoot } from './library-foot.tsx';
import { SourcesPanel } from './sources-panel.tsx';
import { WorkLine } from './work-line.tsx';
import './library.css';

/** The Library: collections, sources with their state, and what they take on this device. */
export function LibraryRegion() {
  const { library, layout } = useApp();
  const scroller = useRef<HTMLDivElement>(null);
  const isEmpty = library.sources.value.size === 0 && library.collections.value.length === 0;
  return (
    <aside class="library" aria-label={t('library.region')}>
      <div class="head">
        <Link to={{ page: 'home' }} class="brand"><ArchMark />Alcove</Link>
        <button type="button" class="button bare" onClick={() => { layout.overlay.value = 'palette'; }}>{t('library.search')} <kbd>{isMac ? '⌘ K' : 'Ctrl K'}</kbd></button>
        <button type="button" class="button bare only-drawer" onClick={() => { layout.shown.value = 'ask'; }}>{t('library.close')}</button>
      </div>
      <WorkLine />
      <div class="scroll" ref={scroller} key={library.ready.value ? 'open' : 'opening'}>
        {!library.ready.value && <p class="nil">{t('library.opening')}</p>}
        {library.ready.value && isEmpty && <EmptyLibrary />}
        {library.ready.value && !isEmpty && <><CollectionList /><SourcesPanel scroller={scroller} /></>}
      </div>
      <LibraryFoot />
      <ResizeGrip label={t('shell.library-width')} width={layout.libraryWidth} side="end" min={220} max={420} usual={280} />
    </aside>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

function EmptyLibrary() {
  const app = useApp();
  return (
    <div>
      <h2>{t('library.sources')}</h2>
      {!areWaysInShown(app) && <div class="tools"><AddButtons /><PasteForm /></div>}
      <p class="nil">{t('library.empty')}</p>
    </div>
  );
}
