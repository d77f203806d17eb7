import { useSignal } from '@preact/signals';
import type { StorageState } from '#core/engine/engine-api.ts';
import { useApp } from '../../app-context.ts';
import { persistStorage } from '../../engine/persist-storage.ts';
import { t } from '../../messages/t.ts';
import { formatBytes } from '../../ui/format.ts';
import { Setting } from './setting.tsx';
import { SwitchRow } from './switch-row.tsx';

/** What Alcove takes on this device, and whether originals are kept. */
export function StorageSetting({ first }: { first: StorageState | undefined }) {
  const { engine, library, notices, fail } = useApp();
  const fresh = useSignal(first);
  const read = () => { engine.readStorage().then((state) => { fresh.value = state; }, fail); };
  const storage = fresh.value ?? library.storage.value;
  const persist = () => {
    void persistStorage().then((granted) => {
      notices.show({ kind: 'status', text: t(granted ? 'library.persist-granted' : 'library.persist-refused') }, 10_000);
      read();
    });
  };
  return (
    <>
      <Setting id="storage" title={t('settings.storage')}>
        {storage && <p class="say num">{t('settings.storage-used', { used: formatBytes(storage.usedBytes), quota: formatBytes(storage.quotaBytes) })} {t(storage.persisted ? 'settings.storage-persisted' : 'settings.storage-not-persisted')}</p>}
        {storage && <StorageTable storage={storage} />}
        {storage && !storage.persisted && <button type="button" class="button" onClick={persist}>{t('settings.storage-persist')}</button>}
      </Setting>
      <Setting id="originals" title={t('settings.originals')}><KeepOriginals /></Setting>
    </>
  );
}

function StorageTable({ storage }: { storage: StorageState }) {
  const modelBytes = useApp().library.models.value.models.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  const rest = Math.max(0, storage.usedBytes - storage.originalsBytes - storage.indexBytes - modelBytes);
  const kinds = [
    { label: t('settings.storage-originals'), bytes: storage.originalsBytes, kind: 'originals' },
    { label: t('settings.storage-index'), bytes: storage.indexBytes, kind: 'index' },
    ...(modelBytes > 0 ? [{ label: t('settings.storage-models'), bytes: modelBytes, kind: 'models' }] : []),
    { label: t('settings.storage-rest'), bytes: rest, kind: 'rest' },
  ];
  return (
    <>
      <div class="storage-bar" aria-hidden="true">{kinds.map(({ kind, bytes }) => <i key={kind} class={kind} style={{ flexGrow: bytes }} />)}</div>
      <table>
        <caption class="hidden-text">{t('settings.storage-kinds')}</caption>
        <tbody>{kinds.map(({ label, bytes, kind }) => <tr key={kind}><th scope="row"><i class={`storage-key ${kind}`} />{label}</th><td class="figure">{formatBytes(bytes)}</td></tr>)}</tbody>
      </table>
    </>
  );
}

const storageKey = 'alcove-keep-originals';

/** The engine obeys the setting but does not tell it, so the page remembers what it asked for. */
function KeepOriginals() {
  const { engine, fail } = useApp();
  const keep = useSignal(readKeep());
  const change = (on: boolean) => {
    engine.setKeepOriginals(on).then(() => {
      keep.value = on;
      try {
        localStorage.setItem(storageKey, on ? 'yes' : 'no');
      } catch {
        // The engine has it; only the switch starts at its default next time.
      }
    }, fail);
  };
  return <SwitchRow labelledBy="originals" say={t('settings.originals-say')} more={t('settings.originals-more')} on={keep.value} onChange={change} />;
}

function readKeep(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'no';
  } catch {
    return true;
  }
}
