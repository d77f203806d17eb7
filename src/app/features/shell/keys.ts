import type { App } from '../../app-context.ts';
import { startNew } from '../answers/conversation-head.tsx';
import { closeSource } from './source-region.tsx';
import { stepCitation } from './step-citation.ts';

/** Listens for the page's keys until the returned function is called. */
export function listenForKeys(app: App): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const run = findCommand(app, event);
    if (!run) return;
    event.preventDefault();
    run();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** Narrower than this the Library is a drawer or a tab, not a column. */
const columnsFrom = '(min-width: 68.75rem)';

function findCommand(app: App, event: KeyboardEvent): (() => void) | undefined {
  const { layout } = app;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if (isCommand && !event.shiftKey && key === 'k') return () => { layout.overlay.value = layout.overlay.value === 'palette' ? undefined : 'palette'; };
  if (layout.overlay.value) return undefined;
  if (isCommand && !event.shiftKey && key === 'b') return () => toggleLibrary(app);
  if (isCommand && event.shiftKey && key === 'o') return () => startNew(app);
  if (isCommand || event.altKey) return undefined;
  if (key === 'escape') return escapeCommand(app, isTyping(event.target));
  if (isTyping(event.target)) return undefined;
  switch (event.key) {
    case '/': return () => { layout.shown.value = 'ask'; app.question.focusRequests.value += 1; };
    case '[': return () => stepCitation(app, -1);
    case ']': return () => stepCitation(app, 1);
    case '?': return () => { layout.overlay.value = 'keys'; };
    default: return undefined;
  }
}

function escapeCommand(app: App, typing: boolean): (() => void) | undefined {
  const { conversations, layout, router } = app;
  if (conversations.running.value) return () => void conversations.stop();
  if (layout.shown.value !== 'ask' && !matchMedia(columnsFrom).matches) return () => { layout.shown.value = 'ask'; };
  if (!typing && router.route.value.page === 'source') return () => closeSource(app);
  return undefined;
}

/** Folds the Library's column, or opens and closes its drawer where there is no room for a column. */
export function toggleLibrary({ layout }: App): void {
  if (matchMedia(columnsFrom).matches) layout.libraryHidden.value = !layout.libraryHidden.value;
  else layout.shown.value = layout.shown.value === 'library' ? 'ask' : 'library';
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isTextInput = target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range|file)$/.test(target.type);
  return isTextInput || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
