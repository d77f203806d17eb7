import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { PageFrame } from './page-frame.tsx';

/** An address that Alcove does not know. */
export function UnknownPage({ path }: { path: string }) {
  return (
    <PageFrame title={t('shell.unknown-title')} intro={t('shell.unknown', { path })}>
      <p><Link to={{ page: 'home' }}>{t('shell.unknown-home')}</Link></p>
    </PageFrame>
  );
}
