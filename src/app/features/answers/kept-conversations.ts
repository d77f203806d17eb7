import { signal } from '@preact/signals';
import type { ConversationSummary } from '#core/engine/engine-api.ts';
import type { ConversationId } from '#core/ids.ts';
import type { App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { undoLifeMs } from '../../model/notices.ts';
import { formatMoment } from '../../ui/format.ts';

/** Conversations whose way back after Remove is still open; they are not listed meanwhile. */
const leaving = signal<ReadonlySet<ConversationId>>(new Set());

/** The kept conversations, newest first. */
export function keptConversations({ library }: Pick<App, 'library'>): ConversationSummary[] {
  return library.conversations.value.filter(({ id }) => !leaving.value.has(id)).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

/** "2 questions · My documents · 3 May, 14:05" */
export function conversationFacts({ library }: Pick<App, 'library'>, { collection, turns, updatedAt }: ConversationSummary): string {
  const name = collection === undefined ? t('library.all') : library.collections.value.find(({ id }) => id === collection)?.name;
  return [t('answers.turns', { count: turns }), name, formatMoment(updatedAt)].filter(Boolean).join(' · ');
}

/** Hides the conversation at once and removes it when the way back has closed. */
export function removeConversationLater({ engine, notices, router, conversations, fail }: App, { id, title }: Pick<ConversationSummary, 'id' | 'title'>): void {
  leaving.value = new Set([...leaving.value, id]);
  if (conversations.current.value.id.value === id) router.navigate({ page: 'home' });
  const bringBack = () => { leaving.value = new Set([...leaving.value].filter((one) => one !== id)); };
  notices.show({
    kind: 'status',
    text: t('library.collection-removed', { name: title }),
    action: { label: t('library.undo'), run: bringBack },
    onGone: () => { engine.removeConversation(id).catch((thrown: unknown) => { bringBack(); fail(thrown); }); },
  }, undoLifeMs);
}
