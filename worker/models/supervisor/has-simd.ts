/** (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0)))): valid only where WASM SIMD is. */
const simdModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);

/** Whether this engine compiles 128-bit SIMD, without which ONNX Runtime has no build. */
export function hasSimd(): boolean {
  return WebAssembly.validate(simdModule);
}
