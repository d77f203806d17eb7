/** What this device offers, as far as the page can tell without loading anything. */
export type Device = { cores: number; memoryGb?: number; webGpu: boolean };

type Gpu = { requestAdapter(): Promise<unknown> };

/** Asks the browser; takes some milliseconds and never rejects. */
export async function probeDevice(browser: Navigator): Promise<Device> {
  const { gpu, deviceMemory } = browser as Navigator & { gpu?: Gpu; deviceMemory?: number };
  const adapter = await Promise.resolve(gpu?.requestAdapter()).catch(() => null);
  return { cores: browser.hardwareConcurrency || 1, webGpu: Boolean(adapter), ...(deviceMemory !== undefined && { memoryGb: deviceMemory }) };
}
