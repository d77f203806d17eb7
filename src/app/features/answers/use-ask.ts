import type { AskRequest } from '#core/engine/engine-api.ts';
import { useApp, type App } from '../../app-context.ts';

/** Asks a question in the conversation on screen, and shows the conversation where something else was shown. A generator is named to have it written by another than the chosen one. */
export function useAsk(): (question: string, generator?: AskRequest['generator']) => void {
  const app = useApp();
  return (question, generator) => ask(app, question, generator);
}

export function ask({ conversations, question: box, router, layout }: Pick<App, 'conversations' | 'question' | 'router' | 'layout'>, question: string, generator?: AskRequest['generator']): void {
  box.text.value = '';
  box.asked.value = [...box.asked.value.filter((one) => one !== question), question];
  layout.shown.value = 'ask';
  const id = conversations.current.value.id.value;
  const route = router.route.value;
  if (id && (route.page !== 'chat' || route.conversation !== id)) router.navigate({ page: 'chat', conversation: id });
  void conversations.ask(question, generator);
}
