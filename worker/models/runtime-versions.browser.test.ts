import { describe, expect, it } from 'vitest';
import { ortVersion, transformersVersion } from './runtime-versions.ts';

describe('the versions of the runtimes', () => {
  it('are those of the installed packages', () => {
    for (const version of [ortVersion, transformersVersion]) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each(['', '.asyncify', '.jspi'])('name where the files of the build "%s" of ONNX Runtime lie', async (build) => {
    const address = `/ort/${ortVersion}/ort-wasm-simd-threaded${build}`;
    const script = await fetch(`${address}.mjs`);
    expect(script.headers.get('Content-Type')).toContain('text/javascript');
    expect(script.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    const program = await fetch(`${address}.wasm`);
    expect(program.headers.get('Content-Type')).toBe('application/wasm');
    const magic = await program.body?.getReader().read();
    expect([...(magic?.value?.slice(0, 4) ?? [])]).toEqual([0, 97, 115, 109]);
  });
});
