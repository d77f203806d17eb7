import { describe, expect, it } from 'vitest';
import { WorkGate } from './work-gate.ts';

describe('the gate between urgent work and that in the background', () => {
  it('is open while nothing urgent is under way', async () => {
    await expect(new WorkGate().whenFree()).resolves.toBeUndefined();
  });

  it('opens when the last urgent thing is over, and counts an end only once', async () => {
    const gate = new WorkGate();
    const [endFirst, endSecond] = [gate.enter(), gate.enter()];
    let isFree = false;
    const waiting = gate.whenFree().then(() => (isFree = true));
    endFirst();
    endFirst();
    await Promise.resolve();
    expect(isFree).toBe(false);
    endSecond();
    await waiting;
    expect(isFree).toBe(true);
  });

  it('lets go of who is called off', async () => {
    const gate = new WorkGate();
    gate.enter();
    const abort = new AbortController();
    const waiting = gate.whenFree(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    await expect(gate.whenFree(abort.signal)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('stays shut for who waits when something urgent comes again at once', async () => {
    const gate = new WorkGate();
    const end = gate.enter();
    let isFree = false;
    void gate.whenFree().then(() => (isFree = true));
    end();
    const endAgain = gate.enter();
    await new Promise((resolve) => setTimeout(resolve));
    expect(isFree).toBe(false);
    endAgain();
    await new Promise((resolve) => setTimeout(resolve));
    expect(isFree).toBe(true);
  });
});
