import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { deviceVerdict } from './device-words.ts';

/** The verdict on this device in one plain line. */
export function DeviceLine() {
  const { library } = useApp();
  const state = library.models.value;
  if (!state.device) return <p class="device-line">{t('models.device-probing')}</p>;
  return <p class="device-line">{t('models.device-line', { verdict: deviceVerdict(state) })} <Link to={{ page: 'models' }}>{t('shell.models')}</Link></p>;
}
