import { Workbox } from 'workbox-window';

export type ServiceWorkerHandlers = {
  /** The whole app is kept on this device and opens without a network. */
  onOffline(): void;
  /** A newer version waits. `update` puts it in charge and reloads this tab once. */
  onUpdate(update: () => void): void;
};

/**
 * Registers the service worker. An update waits until the person asks for it; a tab that did not ask goes on with the
 * version it was opened with.
 */
export async function registerServiceWorker(address: string, handlers: ServiceWorkerHandlers): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox(address);
  let asked = false;
  workbox.addEventListener('waiting', () => {
    handlers.onUpdate(() => {
      if (asked) return;
      asked = true;
      workbox.addEventListener('controlling', () => location.reload());
      workbox.messageSkipWaiting();
    });
  });
  workbox.addEventListener('activated', () => handlers.onOffline());
  const registration = await workbox.register();
  if (registration?.active) handlers.onOffline();
}
