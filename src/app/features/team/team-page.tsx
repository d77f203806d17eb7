import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { PageFrame } from '../shell/page-frame.tsx';

/** Sharing: which server is connected, and what is on this device only. */
export function TeamPage({ joining }: { joining: boolean }) {
  const { library } = useApp();
  const collections = library.collections.value;
  return (
    <PageFrame title={t('shell.team')} intro={t('team.intro')}>
      {joining && (
        <section aria-labelledby="team-join"><h2 id="team-join" class="section-title">{t('team.join-title')}</h2><div class="panel"><p role="status">{t('team.join')}</p></div></section>
      )}
      <section aria-labelledby="team-server">
        <h2 id="team-server" class="section-title">{t('team.connection')}</h2>
        <div class="panel"><div><p>{t('team.none')}</p><p class="small quiet">{t('team.none-more')}</p></div></div>
      </section>
      <section aria-labelledby="team-local">
        <h2 id="team-local" class="section-title">{t('team.local')}</h2>
        <div class="panel">
          {collections.length === 0 && <p class="quiet">{t('team.local-none')}</p>}
          {collections.map((one) => (
            <div key={one.id}><h3 dir="auto">{one.name}</h3><p class="small quiet num">{t('team.local-count', { sources: t('answers.sources', { count: one.sources }), count: one.passages })}</p></div>
          ))}
        </div>
      </section>
    </PageFrame>
  );
}
