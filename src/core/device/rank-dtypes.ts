import type { ModelDtype, ModelEngine, ModelTask } from '../models/model-manifest.ts';

/** Dtypes whose shaders compute in 16-bit floats, which a GPU must offer as `shader-f16`. */
export const f16Dtypes: readonly ModelDtype[] = ['fp16', 'q4f16', 'q4f16_1'];

/**
 * The dtypes worth running, best first, by engine, device and task. Measured and read in the runtimes' sources: int8 has
 * no GPU kernel and falls back to the processor; 4-bit products are slow in WASM, where int8 is three times as fast for
 * text and twice as fast as fp32 for vectors. Half floats inside 4-bit weights have no WASM kernel.
 */
export function rankDtypes(engine: ModelEngine, device: 'webgpu' | 'wasm', task: ModelTask): readonly ModelDtype[] {
  if (engine === 'web-llm') return device === 'webgpu' ? ['q4f16_1', 'q4f32_1'] : [];
  if (device === 'wasm') return task === 'generate' ? ['q8', 'q4', 'fp32', 'fp16'] : ['q8', 'fp32', 'fp16', 'q4'];
  return task === 'generate' ? ['q4f16', 'q4', 'fp16', 'fp32'] : ['fp16', 'fp32', 'q4f16', 'q4'];
}
