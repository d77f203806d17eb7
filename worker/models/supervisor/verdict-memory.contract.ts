import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { VerdictMemory, VerdictRecord } from './verdict-memory.ts';

const profile: EngineProfile = { engine: 'transformers', device: 'webgpu', dtype: 'fp16', ortBuild: 'jspi', threads: 1, batch: 32, buckets: [32, 64] };
const record: VerdictRecord = {
  failures: [{ profile, code: 'model/wrong-numbers', reason: '0.2', at: 1_700_000_000_000 }],
  chosen: { profile: { ...profile, device: 'wasm' }, speed: 61.5, loadMs: 812, worst: 0.98, at: 1_700_000_000_001, isFastest: true },
};

/** What every `VerdictMemory` does; `create` gives an empty one. */
export function describeVerdictMemory(name: string, create: () => VerdictMemory | Promise<VerdictMemory>): void {
  describe(`verdict memory: ${name}`, () => {
    it('gives back what was written last under a key, whole', async () => {
      const memory = await create();
      await memory.write('a', { failures: [] });
      await memory.write('a', record);
      await memory.write('b', { failures: [] });
      expect(await memory.read('a')).toEqual(record);
      expect(await memory.read('b')).toEqual({ failures: [] });
    });

    it('knows nothing of other keys, nor of one that was forgotten', async () => {
      const memory = await create();
      await memory.write('a', record);
      await memory.forget('a');
      await memory.forget('never written');
      expect(await memory.read('a')).toBeUndefined();
      expect(await memory.read('b')).toBeUndefined();
    });

    it('is not changed by what its callers do to records afterwards', async () => {
      const memory = await create();
      const mine = structuredClone(record);
      await memory.write('a', mine);
      mine.failures.length = 0;
      const first = await memory.read('a');
      first!.failures.length = 0;
      expect(await memory.read('a')).toEqual(record);
    });
  });
}
