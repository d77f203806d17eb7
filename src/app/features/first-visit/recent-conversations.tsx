import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { conversationFacts, keptConversations } from '../answers/kept-conversations.ts';
import { currentScope } from '../library/scope.ts';

const shownConversations = 5;

/** The newest conversations over the collection in scope, or over all, for those who come back. */
export function RecentConversations() {
  const app = useApp();
  const scope = currentScope(app);
  const recent = keptConversations(app).filter(({ collection }) => scope === undefined || collection === scope).slice(0, shownConversations);
  if (recent.length === 0) return null;
  return (
    <section class="recent" aria-labelledby="recent-heading">
      <h2 id="recent-heading">{t('first.recent')}</h2>
      <ul>
        {recent.map((one) => (
          <li key={one.id}><Link to={{ page: 'chat', conversation: one.id }}><span dir="auto">{one.title}</span> <span class="small quiet">{conversationFacts(app, one)}</span></Link></li>
        ))}
      </ul>
    </section>
  );
}
