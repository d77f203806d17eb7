import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type App, useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Route } from '../../router/route.ts';
import { DropAnywhere } from '../adding/drop-anywhere.tsx';
import { ConversationRegion } from '../answers/conversation-region.tsx';
import { BenchmarkPage } from '../benchmark/benchmark-page.tsx';
import { LibraryRegion } from '../library/library-region.tsx';
import { ModelsPage } from '../models/models-page.tsx';
import { KeysDialog } from '../palette/keys-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { TeamPage } from '../team/team-page.tsx';
import { listenForKeys } from './keys.ts';
import { Notices } from './notices.tsx';
import { SourceRegion } from './source-region.tsx';
import { Tabs } from './tabs.tsx';
import { UnknownPage } from './unknown-page.tsx';
import './shell.css';

/** The frame: Library, what the address names, Source, and what lies over them. */
export function Shell() {
  const app = useApp();
  const { layout, router } = app;
  const frame = useRef<HTMLDivElement>(null);
  const isSourceOpen = router.route.value.page === 'source';
  useEffect(() => listenForKeys(app), []);
  useSignalEffect(() => {
    const { libraryWidth, sourceWidth } = layout;
    setWidth(frame.current, '--library-width', libraryWidth.value);
    setWidth(frame.current, '--source-width', sourceWidth.value);
  });
  return (
    <>
      <SkipLink app={app} />
      <div ref={frame} class="frame" data-shown={layout.shown.value} data-source={isSourceOpen ? 'open' : 'closed'} data-library={layout.libraryHidden.value ? 'folded' : 'open'}>
        <LibraryRegion />
        <Room />
        <SourceRegion />
        <Tabs />
        <Veil />
        <Notices />
      </div>
      <DropAnywhere />
      {layout.overlay.value === 'palette' && <Palette />}
      {layout.overlay.value === 'keys' && <KeysDialog />}
      <Announcements />
    </>
  );
}

function Room() {
  const { router } = useApp();
  const route = router.route.value;
  switch (route.page) {
    case 'models': return <ModelsPage />;
    case 'bench': return <BenchmarkPage />;
    case 'settings': return <SettingsPage />;
    case 'team': return <TeamPage joining={false} />;
    case 'join': return <TeamPage joining />;
    case 'unknown': return <UnknownPage path={route.path} />;
    default: return <ConversationRegion />;
  }
}

/** Darkens what lies behind a drawer; a click on it closes the drawer. */
function Veil() {
  const { layout } = useApp();
  // For the mouse only; with the keyboard Esc and the region's own Close do the same.
  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events jsx-a11y/no-static-element-interactions
  return <div class="veil" onClick={() => { layout.shown.value = 'ask'; }} />;
}

function Announcements() {
  const { announcer } = useApp();
  return <section aria-label={t('shell.announcements')} class="hidden-text"><div role="status" aria-live="polite">{announcer.text.value}</div></section>;
}

function setWidth(frame: HTMLElement | null, property: string, px: number | undefined): void {
  if (px === undefined) frame?.style.removeProperty(property);
  else frame?.style.setProperty(property, `${px}px`);
}

const pages = new Set<Route['page']>(['models', 'bench', 'settings', 'team', 'join']);

/** To what a person came for: the question box, or on another page its heading. */
function SkipLink({ app }: { app: App }) {
  const { layout, question, router } = app;
  if (pages.has(router.route.value.page)) return <a class="skip" href="#page-heading">{t('shell.skip-to-page')}</a>;
  const focusQuestion = (event: Event) => {
    event.preventDefault();
    layout.shown.value = 'ask';
    question.focusRequests.value += 1;
  };
  return <a class="skip" href="#question" onClick={focusQuestion}>{t('shell.skip')}</a>;
}
