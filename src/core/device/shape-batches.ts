import type { ModelDtype, ModelTask } from '../models/model-manifest.ts';
import type { DeviceProbe } from './engine-profile.ts';

const lengths = [32, 64, 128, 256, 512];
/** The attention of one text of n tokens takes heads * n * n floats; 16 heads are more than small encoders have. */
const attentionBytes = (tokens: number): number => 16 * tokens * tokens * 4;

/**
 * Texts of one run, and the lengths they are padded to. WASM is as fast text by text, so padding is waste; vectors of int8
 * moreover change with what they are batched with, hence one by one. GPUs gain from batches of few shapes (each shape is
 * compiled), as large as one attention tensor may be bound.
 */
export function shapeBatches(task: ModelTask, device: 'webgpu' | 'wasm', dtype: ModelDtype, maxTokens: number, gpu: DeviceProbe['gpu']): { batch: number; buckets: number[] } {
  if (task === 'generate') return { batch: 1, buckets: [] };
  if (device === 'wasm') return { batch: dtype === 'q8' ? 1 : 8, buckets: [] };
  const buckets = [...lengths.filter((length) => length < maxTokens), maxTokens];
  const fitting = Math.max(1, Math.floor((gpu?.maxBindingBytes ?? 0) / attentionBytes(maxTokens)));
  return { batch: Math.min(32, 2 ** Math.floor(Math.log2(fitting))), buckets };
}
