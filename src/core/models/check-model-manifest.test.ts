import { assert, constantFrom, jsonValue, oneof, property } from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { ownExports } from './catalogue/own-exports.ts';
import { checkModelDescription, checkModelManifest, checkServedModels } from './check-model-manifest.ts';
import { neededFiles } from './needed-files.ts';

const good = () => JSON.parse(JSON.stringify(ownExports[0])) as Record<string, never> & { files: { path: string; bytes: number; sha256: string }[]; variants: { files: string[] }[]; embed: { dims: number; canaries: { vector: number[] }[] } };

function fieldRefused(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('model/invalid');
    return (error as AppError).detail?.['field'];
  }
  return 'accepted';
}

/** Every place in a JSON value, as a list of keys. */
function places(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).slice(0, 12).flatMap(([key, item]) => places(item, [...at, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: unknown, at: (string | number)[], by: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

describe('checking a model manifest', () => {
  it.each([
    ['a path out of the folder', '../secret'], ['an absolute path', '/etc/passwd'], ['a path inside out', 'onnx/../../x'], ['a backslash', 'onnx\\x'], ['a query', 'x?y=1'],
    ['a fragment', 'x#y'], ['an escaped path', '%2e%2e/x'], ['a control character', 'x\n'], ['a drive', 'c:/x'], ['an empty part', 'a//b'], ['nothing', ''], ['a dot', './x'], ['a trailing dot', 'x.'],
  ])('refuses %s', (_what, path) => {
    const manifest = good();
    manifest.files[0]!.path = path;
    expect(fieldRefused(() => checkModelManifest(manifest))).toBe('manifest.files[0].path');
  });

  it('refuses two files of one path, also by letter case, and a file that is a folder too', () => {
    for (const path of ['config.json', 'CONFIG.json', 'onnx']) {
      const manifest = good();
      manifest.files[0]!.path = path;
      expect(fieldRefused(() => checkModelManifest(manifest))).toBe('manifest.files');
    }
  });

  it('refuses wrong hashes, sizes, variants and vectors, and names them', () => {
    const cases: [(manifest: ReturnType<typeof good>) => void, string][] = [
      [(m) => { m.files[1]!.sha256 = m.files[1]!.sha256.toUpperCase(); }, 'manifest.files[1].sha256'],
      [(m) => { m.files[1]!.sha256 = ''; }, 'manifest.files[1].sha256'],
      [(m) => { m.files[1]!.bytes = 0; }, 'manifest.files[1].bytes'],
      [(m) => { m.files[1]!.bytes = -5; }, 'manifest.files[1].bytes'],
      [(m) => { m.files[1]!.bytes = 1.5; }, 'manifest.files[1].bytes'],
      [(m) => { m.files[0]!.bytes = 15e9; m.files[1]!.bytes = 15e9; }, 'manifest.files'],
      [(m) => { m.files = []; }, 'manifest.files'],
      [(m) => { m.variants[0]!.files = ['onnx/other.onnx']; }, 'manifest.variants[0].files'],
      [(m) => { m.variants = []; }, 'manifest.variants'],
      [(m) => { m.variants[1] = m.variants[0]!; }, 'manifest.variants'],
      [(m) => { m.embed.canaries[2]!.vector.pop(); }, 'manifest.embed.canaries[2].vector'],
      [(m) => { m.embed.canaries[2]!.vector[7] = Number.NaN; }, 'manifest.embed.canaries[2].vector[7]'],
      [(m) => { m.embed.dims = 1e9; }, 'manifest.embed.dims'],
    ];
    for (const [change, field] of cases) {
      const manifest = good();
      change(manifest);
      expect(fieldRefused(() => checkModelManifest(manifest))).toBe(field);
    }
  });

  it('keeps nothing that it does not know', () => {
    const manifest = { ...good(), ['__proto__']: { polluted: true }, script: 'alert(1)', isUnresolved: 'yes' };
    expect(checkModelManifest(manifest)).toEqual(ownExports[0]);
  });

  it('either accepts what then passes again, or refuses with the field\'s name, whatever stands at any place', () => {
    const manifest = good();
    const at = constantFrom(...places(manifest));
    const value = oneof(jsonValue(), constantFrom(undefined, Number.NaN, Infinity, -1, 1e300, '', '..', '\u0000', 'a'.repeat(10_000), [], {}));
    assert(property(at, value, (where, by) => {
      const changed = replaced(manifest, where, by);
      const outcome = fieldRefused(() => expect(checkModelManifest(changed)).toEqual(checkModelManifest(JSON.parse(JSON.stringify(checkModelManifest(changed))))));
      expect(typeof outcome).toBe('string');
    }), { numRuns: 400 });
  });

  it('refuses anything else in bounded time', () => {
    assert(property(jsonValue(), (json) => {
      expect(fieldRefused(() => checkModelManifest(json))).toMatch(/^manifest/u);
    }));
  });
});

describe('checking what a server offers', () => {
  it('takes whole manifests and bare folders', () => {
    const { id, commit, files } = ownExports[1]!;
    const served = { hub: 'https://huggingface.co', models: [ownExports[0], { id, commit, files }] };
    expect(checkServedModels(JSON.parse(JSON.stringify(served)))).toEqual(served);
    expect(checkServedModels({ hub: null, models: [] })).toEqual({ hub: null, models: [] });
  });

  it('refuses a hub that is no origin', () => {
    for (const hub of ['javascript:alert(1)', 'https://x/y', 'https://user@x', 'ftp://x', undefined, 5]) {
      expect(fieldRefused(() => checkServedModels({ hub, models: [] }))).toBe('served.hub');
    }
  });

  it.each(['tiny-bert', 'tiny-cross-encoder', 'tiny-random-llama'])('accepts the description of %s', (name) => {
    const json = JSON.parse(readFileSync(new URL(`../../../fixtures/models/alcove-test/${name}/alcove-model.json`, import.meta.url), 'utf8')) as { id: string };
    expect(checkModelDescription(json).id).toBe(json.id);
  });
});

describe('files that a dtype needs', () => {
  it('are its own and those of no variant, small ones first', () => {
    expect(neededFiles(ownExports[0]!, ['q8']).map(({ path }) => path)).toEqual(['special_tokens_map.json', 'tokenizer_config.json', 'config.json', 'NOTICE', 'LICENSE', 'vocab.txt', 'tokenizer.json', 'onnx/model_quantized.onnx']);
    expect(neededFiles(ownExports[0]!, ['q8', 'fp16'])).toHaveLength(9);
  });
});
