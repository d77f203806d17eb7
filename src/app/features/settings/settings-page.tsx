import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { StorageState } from '#core/engine/engine-api.ts';
import { useApp } from '../../app-context.ts';
import type { RequestRecord } from '../../offline/request-ledger.ts';
import { t } from '../../messages/t.ts';
import type { Theme } from '../../model/theme.ts';
import { PageFrame } from '../shell/page-frame.tsx';
import { LedgerSetting, readRecords } from './ledger-setting.tsx';
import { StorageSetting } from './storage-setting.tsx';
import { SwitchRow } from './switch-row.tsx';
import { Setting } from './setting.tsx';
import './settings.css';

const version = '0.1.0';

/** How Alcove looks, what it keeps, and every request it made. */
export function SettingsPage() {
  const { offline, engine, fail, layout } = useApp();
  const { ledger } = offline;
  const read = useSignal<{ requests: RequestRecord[] | undefined; storage: StorageState | undefined } | undefined>(undefined);
  useEffect(() => {
    void Promise.allSettled([ledger.readRequests(readRecords), engine.readStorage()]).then(([requests, storage]) => {
      read.value = { requests: valueOf(requests), storage: valueOf(storage) };
    });
  }, []);
  // All stands at once, so that nothing moves while parts of it are still being read.
  if (!read.value) return <PageFrame title={t('shell.settings')}><p role="status" class="quiet">{t('settings.reading')}</p></PageFrame>;
  return (
    <PageFrame title={t('shell.settings')}>
      <Setting id="appearance" title={t('settings.appearance')}><ThemeChoice /></Setting>
      <LedgerSetting first={read.value.requests} />
      <Setting id="air-gap" title={t('settings.air-gap')}>
        <SwitchRow labelledBy="air-gap" say={t('settings.air-gap-say')} more={t('settings.air-gap-more')} on={ledger.airGap.value} onChange={(on) => { ledger.setAirGap(on).catch(fail); }} />
      </Setting>
      <Setting id="telemetry" title={t('settings.telemetry')}><p class="say">{t('settings.telemetry-say')}</p></Setting>
      <StorageSetting first={read.value.storage} />
      <Setting id="about" title={t('settings.about')}>
        <p class="say">{t('settings.version', { version })}</p>
        <p>{t('settings.notices')}</p>
        <button type="button" class="textual small" onClick={() => { layout.overlay.value = 'keys'; }}>{t('settings.keys')}</button>
      </Setting>
    </PageFrame>
  );
}

function valueOf<Value>(result: PromiseSettledResult<Value>): Value | undefined {
  return result.status === 'fulfilled' ? result.value : undefined;
}

const themes: Theme[] = ['system', 'light', 'dark'];

function ThemeChoice() {
  const { theme } = useApp();
  return (
    <div class="choices" role="group" aria-label={t('settings.theme')}>
      {themes.map((one) => <button key={one} type="button" aria-pressed={theme.value === one} onClick={() => { theme.value = one; }}>{t(`settings.theme-${one}`)}</button>)}
    </div>
  );
}
