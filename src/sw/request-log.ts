/** One request of the page or its workers, as the ledger of the page lists it. */
export type RequestRecord = {
  at: number;
  url: string;
  method: string;
  outcome: 'network' | 'cache' | 'blocked' | 'failed';
  initiator?: string;
};

const databaseName = 'alcove-ledger';
const recordsKept = 1_000;
const recordsBeforePruning = 200;

let database: Promise<IDBDatabase> | undefined;
let sincePruning = 0;

function openDatabase(): Promise<IDBDatabase> {
  database ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('requests', { autoIncrement: true });
      request.result.createObjectStore('settings');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the ledger cannot be opened'));
  });
  // A failed start must not be remembered, or the ledger would stay silent until the worker is restarted.
  database.catch(() => (database = undefined));
  return database;
}

/** Writes one request to the ledger; the oldest are dropped past a bound. */
export async function logRequest(record: RequestRecord): Promise<void> {
  const store = (await openDatabase()).transaction('requests', 'readwrite').objectStore('requests');
  store.add(record);
  sincePruning += 1;
  if (sincePruning >= recordsBeforePruning) prune(store);
}

function prune(store: IDBObjectStore): void {
  sincePruning = 0;
  const newest = store.openKeyCursor(null, 'prev');
  newest.onsuccess = () => {
    const key = newest.result?.key;
    if (typeof key === 'number' && key > recordsKept) store.delete(IDBKeyRange.upperBound(key - recordsKept));
  };
}

/** Whether the person has switched the network off for this app. */
export async function readAirGap(): Promise<boolean> {
  const store = (await openDatabase()).transaction('settings').objectStore('settings');
  const request = store.get('airGap');
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result === true);
    request.onerror = () => reject(request.error ?? new Error('the ledger cannot be read'));
  });
}
