import { signal, type ReadonlySignal } from '@preact/signals';
import { createRequestLedger, type RequestLedger } from './request-ledger.ts';
import { registerServiceWorker } from './register-service-worker.ts';

/** What the page knows of the network and of its own versions. */
export type Offline = {
  /** When the network went, as ISO 8601; undefined while there is one. */
  readonly offlineSince: ReadonlySignal<string | undefined>;
  /** Whether the app itself is kept on this device. */
  readonly kept: ReadonlySignal<boolean>;
  /** Set while a newer version waits. */
  readonly update: ReadonlySignal<(() => void) | undefined>;
  readonly ledger: RequestLedger;
  /** The person wants to stay on this version for now. */
  putOffUpdate(): void;
  /** Registers the service worker at an address. */
  register(address: string): Promise<void>;
};

/** Watches the network and, once registered, the service worker. */
export function createOffline(view: Window): Offline {
  const offlineSince = signal<string | undefined>(view.navigator.onLine ? undefined : new Date().toISOString());
  const kept = signal(false);
  const update = signal<(() => void) | undefined>(undefined);
  view.addEventListener('offline', () => { offlineSince.value = new Date().toISOString(); });
  view.addEventListener('online', () => { offlineSince.value = undefined; });
  return {
    offlineSince, kept, update,
    ledger: createRequestLedger(),
    putOffUpdate() {
      update.value = undefined;
    },
    register: (address) => registerServiceWorker(address, {
      onOffline() { kept.value = true; },
      onUpdate(run) { update.value = run; },
    }),
  };
}
