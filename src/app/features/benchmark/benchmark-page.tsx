import { t } from '../../messages/t.ts';
import { PageFrame } from '../shell/page-frame.tsx';

/** Figures of this device, measured on demand. */
export function BenchmarkPage() {
  return <PageFrame title={t('shell.bench')} intro={t('bench.intro')}><p>{t('bench.none')}</p></PageFrame>;
}
