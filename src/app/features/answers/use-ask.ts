import { useApp, type App } from '../../app-context.ts';

/** Asks a question in the conversation on screen, and shows the conversation where something else was shown. */
export function useAsk(): (question: string) => void {
  const app = useApp();
  return (question) => ask(app, question);
}

export function ask({ conversations, question: box, router, layout }: Pick<App, 'conversations' | 'question' | 'router' | 'layout'>, question: string): void {
  box.text.value = '';
  box.asked.value = [...box.asked.value.filter((one) => one !== question), question];
  layout.shown.value = 'ask';
  const id = conversations.current.value.id.value;
  const route = router.route.value;
  if (id && (route.page !== 'chat' || route.conversation !== id)) router.navigate({ page: 'chat', conversation: id });
  void conversations.ask(question);
}
