import type { Fault } from './fault.ts';
import type { HubRequest } from './start-test-hub.ts';

/** A test hub that runs in another process, told what to do by requests: for tests in a browser. */
export function connectTestHub(address: string) {
  const control = async (init: RequestInit = {}): Promise<HubRequest[]> => (await fetch(`${address}/_control/`, init)).json() as Promise<HubRequest[]>;
  return {
    address,
    /** What it was asked for so far. */
    requests: () => control(),
    /** See `Faults.set`. */
    fail: async (path: string, faults: readonly Fault[]): Promise<void> => void (await control({ method: 'PUT', body: JSON.stringify({ path, faults }) })),
    stop: async (): Promise<void> => void (await control({ method: 'DELETE' })),
  };
}
