import type { ConversationSummary, Source } from '#core/engine/engine-api.ts';
import type { App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { chooseFiles } from '../answers/what-could-help.tsx';
import { startNew } from '../answers/conversation-head.tsx';
import { ask } from '../answers/use-ask.ts';
import { toggleLibrary } from '../shell/keys.ts';
import { statusWords } from '../library/source-words.ts';
import { modelEntries } from './model-entries.ts';
import { fuzzyMatch } from './fuzzy-match.ts';

export type PaletteEntry = { id: string; label: string; note: string; run: () => void };
export type PaletteGroup = { title: string; entries: PaletteEntry[] };

const shownOfEach = 8;

/** What the palette offers for a query, best first in each group; a question can always be asked. */
export function paletteGroups(app: App, query: string): PaletteGroup[] {
  if (query.trim() === '') return recentGroups(app);
  const groups: PaletteGroup[] = [
    { title: t('palette.commands'), entries: [...commands(app), ...modelEntries(app)] },
    { title: t('palette.collections'), entries: collections(app) },
    { title: t('palette.sources'), entries: [...app.library.sources.value.values()].map((source) => sourceEntry(app, source)) },
    { title: t('palette.conversations'), entries: app.library.conversations.value.map((one) => conversationEntry(app, one)) },
  ];
  const found = groups.map(({ title, entries }) => ({ title, entries: best(entries, query) })).filter(({ entries }) => entries.length > 0);
  const question: PaletteEntry = { id: 'ask', label: t('palette.ask-this', { question: query.trim() }), note: '', run: () => ask(app, query.trim()) };
  return [...found, { title: t('shell.ask'), entries: [question] }];
}

const shownRecent = 5;

/** What a person is likely to go back to, before anything is typed. */
function recentGroups(app: App): PaletteGroup[] {
  const { library } = app;
  const newestSources = [...library.sources.value.values()].sort((a, b) => b.addedAt.localeCompare(a.addedAt));
  const newestConversations = [...library.conversations.value].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return [
    { title: t('palette.recent-sources'), entries: newestSources.slice(0, shownRecent).map((source) => sourceEntry(app, source)) },
    { title: t('palette.recent-conversations'), entries: newestConversations.slice(0, shownRecent).map((one) => conversationEntry(app, one)) },
    { title: t('palette.commands'), entries: commands(app) },
    { title: t('palette.collections'), entries: collections(app) },
  ].filter(({ entries }) => entries.length > 0);
}

function best(entries: PaletteEntry[], query: string): PaletteEntry[] {
  return entries
    .map((entry) => ({ entry, score: fuzzyMatch(query, entry.label) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, shownOfEach)
    .map(({ entry }) => entry);
}

function commands(app: App): PaletteEntry[] {
  const { engine, layout, library, offline, router, theme, adding, fail } = app;
  const entry = (id: string, label: string, run: () => void, note = ''): PaletteEntry => ({ id, label, note, run });
  const { paused, done, total } = library.work.value;
  const isAirGapped = offline.ledger.airGap.value;
  const list = [
    entry('new', t('answers.new'), () => startNew(app), 'Ctrl Shift O'),
    entry('files', t('adding.files'), () => chooseFiles(app)),
    entry('paste', t('adding.paste'), () => { layout.shown.value = 'library'; layout.libraryHidden.value = false; adding.pasting.value = true; }),
    entry('library', t('palette.hide-library'), () => toggleLibrary(app), 'Ctrl B'),
    entry('models', t('shell.models'), () => router.navigate({ page: 'models' })),
    entry('team', t('shell.team'), () => router.navigate({ page: 'team' })),
    entry('bench', t('shell.bench'), () => router.navigate({ page: 'bench' })),
    entry('settings', t('shell.settings'), () => router.navigate({ page: 'settings' })),
    entry('air-gap', t(isAirGapped ? 'palette.air-gap-off' : 'palette.air-gap-on'), () => { offline.ledger.setAirGap(!isAirGapped).catch(fail); }),
    ...(['light', 'dark', 'system'] as const).filter((one) => one !== theme.value).map((one) => entry(`theme-${one}`, t(`palette.theme-${one}`), () => { theme.value = one; })),
    entry('keys', t('settings.keys'), () => { layout.overlay.value = 'keys'; }, '?'),
  ];
  if (total > done) list.push(entry('pause', t(paused ? 'palette.resume' : 'palette.pause'), () => { (paused ? engine.resumeWork() : engine.pauseWork()).catch(fail); }));
  return list;
}

function collections({ library, router }: App): PaletteEntry[] {
  return library.collections.value.map(({ id, name, sources: count }) => ({ id: `c-${id}`, label: name, note: t('answers.sources', { count }), run: () => router.navigate({ page: 'collection', collection: id }) }));
}

function sourceEntry({ router }: App, source: Source): PaletteEntry {
  return { id: `s-${source.id}`, label: source.title, note: statusWords(source), run: () => router.navigate({ page: 'source', collection: source.collection, source: source.id }, { place: router.place.value }) };
}

function conversationEntry({ router }: App, { id, title, turns }: ConversationSummary): PaletteEntry {
  return { id: `t-${id}`, label: title, note: t('answers.turns', { count: turns }), run: () => router.navigate({ page: 'chat', conversation: id }) };
}
