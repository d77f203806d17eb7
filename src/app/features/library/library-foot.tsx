import { useSignal } from '@preact/signals';
import { useApp } from '../../app-context.ts';
import { persistStorage } from '../../engine/persist-storage.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { formatBytes, formatClock } from '../../ui/format.ts';

const pages = ['models', 'team', 'bench', 'settings'] as const;

/** The other pages, the storage meter, and whether this works without a network. */
export function LibraryFoot() {
  const { router } = useApp();
  const here = router.route.value.page;
  return (
    <div class="foot">
      <nav aria-label={t('shell.pages')}>
        <ul>
          {pages.map((page) => <li key={page}><Link to={{ page }} aria-current={here === page ? 'page' : undefined}>{t(`shell.${page}`)}</Link></li>)}
        </ul>
      </nav>
      <StorageMeter />
      <NetworkLine />
    </div>
  );
}

function StorageMeter() {
  const { library } = useApp();
  const storage = library.storage.value;
  return (
    <div class="store">
      <span>{storage ? t('library.storage', { used: formatBytes(storage.usedBytes), quota: formatBytes(storage.quotaBytes) }) : '\u00A0'}</span>
      <progress class="still" value={storage?.usedBytes ?? 0} max={Math.max(1, storage?.quotaBytes ?? 1)} aria-label={t('library.storage-meter')} />
    </div>
  );
}

/** Whether there is a network; with one, and once there is something to keep, the question whether to ask the browser to keep it. */
function NetworkLine() {
  const { offline, library, notices } = useApp();
  const putOff = useSignal(readPutOff());
  const since = offline.offlineSince.value;
  const storage = library.storage.value;
  if (since === undefined && storage && !storage.persisted && !putOff.value && library.sources.value.size > 0) {
    const answer = (granted: boolean) => { notices.show({ kind: 'status', text: t(granted ? 'library.persist-granted' : 'library.persist-refused') }, 10_000); };
    const hide = () => { putOff.value = true; keepPutOff(); };
    const ask = () => { hide(); void persistStorage().then(answer); };
    return (
      <div class="store">
        {t('library.persist')} <button type="button" class="textual" onClick={ask}>{t('library.persist-yes')}</button> <button type="button" class="textual" onClick={hide}>{t('library.persist-no')}</button>
      </div>
    );
  }
  const words = since ? t('library.offline-since', { time: formatClock(since) }) : t(offline.kept.value ? 'library.works-offline' : 'library.stays-here');
  return <p class={since ? 'store offline' : 'store'} role="status">{words}</p>;
}

const putOffKey = 'alcove-persist-asked';

function readPutOff(): boolean {
  try {
    return localStorage.getItem(putOffKey) !== null;
  } catch {
    return true;
  }
}

function keepPutOff(): void {
  try {
    localStorage.setItem(putOffKey, 'yes');
  } catch {
    // Asked again next time.
  }
}
