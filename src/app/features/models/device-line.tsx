import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import type { Device } from './probe-device.ts';

/** The verdict on this device in one plain line. */
export function DeviceLine() {
  const { device } = useApp();
  if (!device.value) return <p>{t('models.device-probing')}</p>;
  return <p>{t('models.device-line', { hardware: deviceWords(device.value) })} <Link to={{ page: 'models' }}>{t('shell.models')}</Link></p>;
}

/** "8 cores, no WebGPU" */
export function deviceWords({ cores, webGpu }: Device): string {
  return `${t('models.cores', { count: cores })}, ${t(webGpu ? 'models.webgpu' : 'models.no-webgpu')}`;
}
