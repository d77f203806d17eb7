import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTransferMeter } from './transfer-meter.ts';

describe('transfer meter', () => {
  it('finds a steady rate and the time left', () => {
    let now = 0;
    const meter = createTransferMeter(10_000, 0, () => now);
    let last;
    for (let at = 1; at <= 50; at += 1) {
      now += 100;
      last = meter.update(at * 100) ?? last;
    }
    expect(last?.bytesPerSecond).toBeCloseTo(1000);
    expect(last?.secondsLeft).toBeCloseTo(5);
  });

  it('does not count what was there before as speed', () => {
    let now = 0;
    const meter = createTransferMeter(10_000, 9_000, () => now);
    now = 1000;
    expect(meter.update(9_100)?.bytesPerSecond).toBeCloseTo(100);
  });

  it('keeps quiet between five reports a second, but always tells the end', () => {
    let now = 0;
    const meter = createTransferMeter(100, 0, () => now);
    now = 199;
    expect(meter.update(10)).toBeUndefined();
    expect(meter.update(100)).toMatchObject({ loadedBytes: 100, totalBytes: 100 });
  });

  it('never tells a rate or a time below nothing, whatever is lost and begun anew', () => {
    assert(property(array(integer({ min: 0, max: 1000 })), (sizes) => {
      let now = 0;
      const meter = createTransferMeter(1000, 0, () => now);
      for (const size of sizes) {
        now += 250;
        const { bytesPerSecond = 0, secondsLeft = 0 } = meter.update(size)!;
        expect(bytesPerSecond).toBeGreaterThanOrEqual(0);
        expect(secondsLeft).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(secondsLeft)).toBe(true);
      }
    }));
  });
});
