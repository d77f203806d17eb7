export const chromiumFlags: string[];
export const softwareGpuFlags: string[];
export function findChromium(): string | undefined;
