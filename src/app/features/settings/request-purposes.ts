import type { RequestRecord } from '../../offline/request-ledger.ts';

/**
 * What requests were for, as a person would name it: `built-in` is the model that came with Alcove, `runtime` what runs
 * models; `hub` fetched a model from the hub, and `other` went to any other site.
 */
export type Purpose = 'app' | 'built-in' | 'model' | 'runtime' | 'samples' | 'hub' | 'other';

/** Requests for one purpose that follow each other closely and ended alike. `at` is the newest, in milliseconds since the epoch. */
export type RequestGroup = { at: number; purpose: Purpose; host: string; outcome: RequestRecord['outcome']; count: number };

/** Requests further apart were made on different occasions. */
const gapMs = 60_000;

/** What a request was for, seen from a page of this origin. */
export function purposeOf({ url }: Pick<RequestRecord, 'url'>, origin: string): Purpose {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.origin !== origin) return address && isHub(address) ? 'hub' : 'other';
  return folders.find(([folder]) => address.pathname.startsWith(folder))?.[1] ?? 'app';
}

/** Purposes by the beginning of the path, the longer before the shorter. */
const folders: [string, Purpose][] = [['/samples/', 'samples'], ['/models/alcove/', 'built-in'], ['/models/', 'model'], ['/ort/', 'runtime'], ['/mlc/', 'runtime']];

/** The hub and the hosts that it sends large files from; libraries for web-llm lie at GitHub. */
function isHub({ protocol, hostname, pathname }: URL): boolean {
  if (protocol !== 'https:') return false;
  return hostname === 'huggingface.co' || /(?:^|\.)(?:huggingface\.co|hf\.co)$/.test(hostname) || (hostname === 'raw.githubusercontent.com' && pathname.startsWith('/mlc-ai/'));
}

/** What went to another site, so that it is named in the list. */
export function isElsewhere(purpose: Purpose): purpose is 'hub' | 'other' {
  return purpose === 'hub' || purpose === 'other';
}

/** The requests of each occasion by purpose and outcome, newest first, as `records` is. */
export function groupRequests(records: readonly RequestRecord[], origin: string): RequestGroup[] {
  const groups: (RequestGroup & { last: number })[] = [];
  for (const record of records) {
    const { at, outcome, url } = record;
    const purpose = purposeOf(record, origin);
    const host = isElsewhere(purpose) && URL.canParse(url) ? new URL(url).host : '';
    const known = groups.findLast((group) => group.purpose === purpose && group.host === host && group.outcome === outcome);
    if (known && known.last - at <= gapMs) {
      known.count += 1;
      known.last = at;
    } else groups.push({ at, purpose, host, outcome, count: 1, last: at });
  }
  return groups.map(({ last: _last, ...group }) => group);
}

/** Requests that fetched models from the hub; its addresses hold names of models and nothing of a person's. */
export function countHub(records: readonly RequestRecord[], origin: string): number {
  return records.filter((record) => record.outcome === 'network' && isPlain(record) && purposeOf(record, origin) === 'hub').length;
}

function isPlain({ method }: RequestRecord): boolean {
  return /^(?:GET|HEAD)$/.test(method);
}

/** Requests that could have carried a text away: those with a body, and those to another site that is not the hub. */
export function countSending(records: readonly RequestRecord[], origin: string): number {
  return records.filter((record) => !isPlain(record) || (record.outcome === 'network' && purposeOf(record, origin) === 'other')).length;
}
