import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentRevision, isModelFile } from '#core/models/content-revision.ts';
import { openModelFolder } from './model-folder.ts';

const fixtures = resolve(import.meta.dirname, '..', '..', 'fixtures', 'models');
const commit = 'a'.repeat(40);
let root = '';
let now = 0;
let lines: string[] = [];

function write(path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function open() {
  const said = lines;
  return openModelFolder(root, { log: (line) => said.push(line), now: () => now });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alcove-models-'));
  now = 0;
  lines = [];
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a folder of models', () => {
  it('offers the test models with their descriptions, files and content revisions', async () => {
    const folder = await openModelFolder(fixtures, { log: (line) => lines.push(line) });
    const models = await folder.list();
    expect(lines).toEqual([]);
    expect(models.map(({ id }) => id)).toEqual(['alcove-test/tiny-bert', 'alcove-test/tiny-cross-encoder', 'alcove-test/tiny-random-llama']);
    for (const model of models) {
      expect(model).toHaveProperty('task');
      expect(model.commit).toBe(await contentRevision(model.files));
      expect(model.files.every(({ path }) => isModelFile(path))).toBe(true);
      expect(model.files.map(({ path }) => path)).toContain('onnx/model.onnx');
    }
  });

  it('lists what is known in time, and the rest when it is asked again', async () => {
    write('org/large/model.onnx', '');
    truncateSync(join(root, 'org/large/model.onnx'), 100_000_000);
    const folder = await open();
    expect(await folder.list(0)).toEqual([]);
    expect((await folder.list()).map(({ id }) => id)).toEqual(['org/large']);
  });

  it('lists the files alone where nothing describes a model', async () => {
    write('org/name/config.json', '{}');
    const [model, ...others] = await (await open()).list();
    expect(others).toEqual([]);
    expect(model).toEqual({
      id: 'org/name',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      files: [{ path: 'config.json', bytes: 2, sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' }],
    });
  });

  it('finds a file under main and under the content revision, and says which of the two stands for the bytes', async () => {
    write('org/name/onnx/model.onnx', 'weights');
    write('org/name/SHA256SUMS', 'sums');
    const folder = await open();
    const revision = (await folder.list())[0]?.commit ?? '';
    expect(await folder.find('org/name/resolve/main/onnx/model.onnx')).toMatchObject({ isFixed: false, file: { bytes: 7 } });
    expect(await folder.find(`org/name/resolve/${revision}/onnx/model.onnx`)).toMatchObject({ isFixed: true });
    expect(await folder.find(`org/name/resolve/${revision}/SHA256SUMS`)).toMatchObject({ isFixed: false });
    expect(await folder.find(`org/name/resolve/${commit}/onnx/model.onnx`)).toBeUndefined();
  });

  it('serves a copy of a commit of the hub under that commit, beside the folder it lies in', async () => {
    write(`org/name/${commit}/config.json`, '{}');
    write('org/name/config.json', '{"other":1}');
    const folder = await open();
    expect((await folder.list()).map((model) => model.commit)).toContain(commit);
    expect(await folder.find(`org/name/resolve/${commit}/config.json`)).toMatchObject({ isFixed: true, file: { bytes: 2 } });
    expect(await folder.find('org/name/resolve/main/config.json')).toMatchObject({ file: { bytes: 11 } });
    expect(await folder.find(`org/name/resolve/main/${commit}/config.json`)).toBeUndefined();
  });

  it('counts the compiled library of a model of web-llm among its files, and serves it at both addresses', async () => {
    const description = {
      id: 'org/chat', title: 'Chat', task: 'generate', engine: 'web-llm', licence: { name: 'MIT' }, parameters: 1e9,
      variants: [{ dtype: 'q4f32_1', devices: ['webgpu'], files: [], memoryBytes: 1e9 }],
      generate: { contextTokens: 4096, promptForm: 'chat-rules', trust: 'small', canaries: [], library: { path: 'chat.wasm', modelId: 'chat' } },
    };
    write('org/chat/alcove-model.json', JSON.stringify(description));
    write('org/chat/tokenizer.json', '{}');
    write('mlc/0.2.86/chat.wasm', 'library');
    const folder = await open();
    const [model] = await folder.list();
    expect(lines).toEqual([]);
    expect(model?.files.map(({ path }) => path)).toEqual(['mlc/0.2.86/chat.wasm', 'tokenizer.json']);
    expect(await folder.find('mlc/0.2.86/chat.wasm')).toMatchObject({ file: { bytes: 7 } });
    expect(await folder.find(`org/chat/resolve/${model?.commit}/mlc/0.2.86/chat.wasm`)).toMatchObject({ isFixed: true });
  });

  it('notices what is added and changed, and looks no more often than every two seconds', async () => {
    write('org/name/config.json', '{}');
    const folder = await open();
    const before = (await folder.list())[0]?.commit ?? '';
    write('org/new/config.json', '{}');
    expect(await folder.find('org/new/resolve/main/config.json')).toBeUndefined();
    now = 2_000;
    expect(await folder.find('org/new/resolve/main/config.json')).toBeDefined();
    write('org/name/config.json', '{"changed":true}');
    folder.forget();
    expect(await folder.find(`org/name/resolve/${before}/config.json`)).toBeUndefined();
    const after = (await folder.list())[0]?.commit ?? '';
    expect(after).not.toBe(before);
    expect(await folder.find(`org/name/resolve/${after}/config.json`)).toMatchObject({ file: { bytes: 16 } });
  });

  it('follows a link inside the folder and none that leads out of it', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'alcove-outside-'));
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    write('org/name/blobs/weights', 'weights');
    symlinkSync(join(root, 'org/name/blobs/weights'), join(root, 'org/name/model.onnx'));
    symlinkSync(join(outside, 'secret.txt'), join(root, 'org/name/secret.txt'));
    symlinkSync(outside, join(root, 'org/name/folder'));
    symlinkSync(outside, join(root, 'org/linked'));
    const folder = await open();
    expect(await folder.find('org/name/resolve/main/model.onnx')).toBeDefined();
    for (const path of ['name/resolve/main/secret.txt', 'name/resolve/main/folder/secret.txt', 'linked/resolve/main/secret.txt']) {
      expect(await folder.find(`org/${path}`)).toBeUndefined();
    }
    expect((await folder.list()).flatMap(({ files }) => files.map(({ path }) => path))).toEqual(['blobs/weights', 'model.onnx']);
    rmSync(outside, { recursive: true });
  });

  it('finds no hidden file and nothing by a path that leads elsewhere', async () => {
    write('org/name/.cache/token', 'secret');
    write('org/name/config.json', '{}');
    write('secret.txt', 'secret');
    const folder = await open();
    for (const path of ['.cache/token', '../../secret.txt', 'x/../config.json', './config.json', '/config.json', '', 'config.json/']) {
      expect(await folder.find(`org/name/resolve/main/${path}`)).toBeUndefined();
    }
  });

  it.each([
    ['not JSON', '{'],
    ['of another model', JSON.stringify({ id: 'org/other' })],
    ['not a description', '[]'],
  ])('leaves out a model whose description is %s, says so once, and offers the others', async (_what, text) => {
    cpSync(join(fixtures, 'alcove-test', 'tiny-bert'), join(root, 'alcove-test', 'tiny-bert'), { recursive: true });
    write('org/name/config.json', '{}');
    write('org/name/alcove-model.json', text);
    const folder = await open();
    expect((await folder.list()).map(({ id }) => id)).toEqual(['alcove-test/tiny-bert']);
    now = 5_000;
    await folder.list();
    expect(lines).toEqual([expect.stringContaining('The model in org/name is not offered: alcove-model.json')]);
  });

  it('is refused in plain words where there is none', async () => {
    await expect(openModelFolder(join(root, 'gone'), { log: () => {} })).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('MODELS__DIR: there is no folder') });
    write('file', '');
    await expect(openModelFolder(join(root, 'file'), { log: () => {} })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
