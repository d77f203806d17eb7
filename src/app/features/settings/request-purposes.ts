import type { RequestRecord } from '../../offline/request-ledger.ts';

/** What requests were for, as a person would name it; `other` went to another site. */
export type Purpose = 'app' | 'model' | 'samples' | 'other';

/** Requests for one purpose that follow each other closely and ended alike. `at` is the newest, in milliseconds since the epoch. */
export type RequestGroup = { at: number; purpose: Purpose; host: string; outcome: RequestRecord['outcome']; count: number };

/** Requests further apart were made on different occasions. */
const gapMs = 60_000;

/** What a request was for, seen from a page of this origin. */
export function purposeOf({ url }: Pick<RequestRecord, 'url'>, origin: string): Purpose {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.origin !== origin) return 'other';
  if (address.pathname.startsWith('/samples/')) return 'samples';
  return address.pathname.startsWith('/models/') ? 'model' : 'app';
}

/** The requests of each occasion by purpose and outcome, newest first, as `records` is. */
export function groupRequests(records: readonly RequestRecord[], origin: string): RequestGroup[] {
  const groups: (RequestGroup & { last: number })[] = [];
  for (const record of records) {
    const { at, outcome, url } = record;
    const purpose = purposeOf(record, origin);
    const host = purpose === 'other' && URL.canParse(url) ? new URL(url).host : '';
    const known = groups.findLast((group) => group.purpose === purpose && group.host === host && group.outcome === outcome);
    if (known && known.last - at <= gapMs) {
      known.count += 1;
      known.last = at;
    } else groups.push({ at, purpose, host, outcome, count: 1, last: at });
  }
  return groups.map(({ last: _last, ...group }) => group);
}

/** Requests that could have carried a text away: those with a body, and those to another site. */
export function countSending(records: readonly RequestRecord[], origin: string): number {
  return records.filter((record) => !/^(?:GET|HEAD)$/.test(record.method) || (record.outcome === 'network' && purposeOf(record, origin) === 'other')).length;
}
