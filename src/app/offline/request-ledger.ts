import { signal, type ReadonlySignal } from '@preact/signals';

/** One request of the page or its workers, as the service worker wrote it down. `at` is milliseconds since the epoch. */
export type RequestRecord = {
  at: number;
  url: string;
  method: string;
  outcome: 'network' | 'cache' | 'blocked' | 'failed';
  initiator?: string;
};

export type RequestLedger = {
  /** The person's wish that nothing uses the network. */
  readonly airGap: ReadonlySignal<boolean>;
  setAirGap(on: boolean): Promise<void>;
  /** The newest requests first, at most `limit` of them. */
  readRequests(limit: number): Promise<RequestRecord[]>;
  /** Forgets all requests, not the air gap. */
  clear(): Promise<void>;
};

const databaseName = 'alcove-ledger';
const channelName = 'alcove-ledger';

/** The ledger that the service worker writes, and the air-gap setting that it obeys. Both tabs and worker hear of changes. */
export function createRequestLedger(): RequestLedger {
  const airGap = signal(false);
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = event.data as { kind?: unknown; on?: unknown } | null;
    if (message?.kind === 'air-gap') airGap.value = message.on === true;
  });
  void inStore('settings', 'readonly', (store) => store.get('airGap')).then((on) => { airGap.value = on === true; }, () => {});
  return {
    airGap,
    async setAirGap(on) {
      await inStore('settings', 'readwrite', (store) => store.put(on, 'airGap'));
      airGap.value = on;
      channel.postMessage({ kind: 'air-gap', on });
    },
    readRequests: readNewest,
    async clear() {
      await inStore('requests', 'readwrite', (store) => store.clear());
    },
  };
}

async function readNewest(limit: number): Promise<RequestRecord[]> {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const found: RequestRecord[] = [];
      const request = database.transaction('requests').objectStore('requests').openCursor(null, 'prev');
      request.onerror = () => reject(request.error ?? new Error('the ledger cannot be read'));
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || found.length >= limit) return resolve(found);
        found.push(cursor.value as RequestRecord);
        cursor.continue();
      };
    });
  } finally {
    database.close();
  }
}

async function inStore(name: 'requests' | 'settings', mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = run(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('the ledger cannot be used'));
      transaction.onabort = transaction.onerror;
    });
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('requests', { autoIncrement: true });
      request.result.createObjectStore('settings');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the ledger cannot be opened'));
  });
}
