import { useSignal } from '@preact/signals';
import { useApp } from '../../app-context.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import type { RequestRecord } from '../../offline/request-ledger.ts';
import { formatMoment } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { countHub, countSending, groupRequests, isElsewhere, type RequestGroup } from './request-purposes.ts';
import { Setting } from './setting.tsx';

/** How many of the newest requests are looked at. */
export const readRecords = 1_000;
const shownGroups = 100;

const outcomeKeys: Record<RequestRecord['outcome'], MessageKey> = {
  network: 'settings.outcome-network', cache: 'settings.outcome-cache', blocked: 'settings.outcome-blocked', failed: 'settings.outcome-failed',
};

/** Every request of the page and its workers, as the service worker wrote it down. */
export function LedgerSetting({ first }: { first: RequestRecord[] | undefined }) {
  const { offline, fail } = useApp();
  const records = useSignal<RequestRecord[] | 'unreadable'>(first ?? 'unreadable');
  const read = () => { offline.ledger.readRequests(readRecords).then((found) => { records.value = found; }, () => { records.value = 'unreadable'; }); };
  const found = records.value;
  const clear = () => { offline.ledger.clear().then(read, fail); };
  return (
    <Setting id="ledger" title={t('settings.ledger')}>
      {found === 'unreadable' && <p class="say">{t('settings.ledger-unreadable')}</p>}
      {Array.isArray(found) && found.length === 0 && <p class="say">{t('settings.ledger-empty')}</p>}
      {Array.isArray(found) && found.length > 0 && <LedgerTable records={found} />}
      <p>{t('settings.ledger-more')}</p>
      <div class="row small">
        <button type="button" class="textual" onClick={read}>{t('settings.ledger-refresh')}</button>
        {Array.isArray(found) && found.length > 0 && (
          <>
            <button type="button" class="textual" onClick={() => saveFile(new Blob([JSON.stringify(found, null, 2)], { type: 'application/json' }), 'alcove-ledger.json')}>{t('settings.ledger-export')}</button>
            <button type="button" class="textual" onClick={clear}>{t('settings.ledger-clear')}</button>
          </>
        )}
      </div>
    </Setting>
  );
}

function LedgerTable({ records }: { records: readonly RequestRecord[] }) {
  const count = (outcome: RequestRecord['outcome']) => records.filter((record) => record.outcome === outcome).length;
  const sending = countSending(records, location.origin);
  const hub = countHub(records, location.origin);
  const since = new Date(records.at(-1)?.at ?? 0).toISOString();
  const groups = groupRequests(records, location.origin).slice(0, shownGroups);
  return (
    <>
      <p class="say">{sending > 0 ? t('settings.ledger-sending', { count: sending }) : hub > 0 ? t('settings.ledger-hub-only', { count: hub }) : t('settings.ledger-nothing-sent')}</p>
      <p>{t(records.length < readRecords ? 'settings.ledger-since' : 'settings.ledger-newest-since', { moment: formatMoment(since), total: records.length })} {t('settings.ledger-summary', { count: count('network'), kept: count('cache'), refused: count('blocked') })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="ledger" tabIndex={0} role="group" aria-label={t('settings.ledger-caption')}>
        <table class="slim">
          <caption class="hidden-text">{t('settings.ledger-caption')}</caption>
          <thead><tr><th scope="col">{t('settings.ledger-time')}</th><th scope="col">{t('settings.ledger-what')}</th><th scope="col" class="figure">{t('settings.ledger-requests')}</th><th scope="col">{t('settings.ledger-outcome')}</th></tr></thead>
          <tbody>{groups.map((group, index) => <LedgerRow key={`${group.at}-${index}`} group={group} />)}</tbody>
        </table>
      </div>
    </>
  );
}

function LedgerRow({ group }: { group: RequestGroup }) {
  const { at, purpose, host, outcome, count } = group;
  return (
    <tr>
      <td>{formatMoment(new Date(at).toISOString())}</td>
      <td>{isElsewhere(purpose) ? t(`settings.purpose-${purpose}`, { host }) : t(`settings.purpose-${purpose}`)}</td>
      <td class="figure" data-label={t('settings.ledger-requests')}>{count}</td>
      <td>{t(outcomeKeys[outcome])}</td>
    </tr>
  );
}
