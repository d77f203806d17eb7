import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ModelFile } from '#core/models/model-manifest.ts';
import type { ServedModel } from '#core/models/served-model.ts';
import type { ModelFolder } from '../../server/models/model-folder.ts';

/** Large files as the hub tells them apart: stored outside git, and named by their SHA-256. */
const storedOutsideGit = /\.(?:onnx|onnx_data|bin|wasm|safetensors)$/;

/**
 * What the hub says of a model at `/api/models/<org>/<name>/revision/<revision>` and
 * `/api/models/<org>/<name>/tree/<revision>?recursive=true`, in its form; `undefined` where there is no such model or
 * revision.
 */
export async function answerApi(folder: ModelFolder, path: string): Promise<unknown> {
  const [, id, question, revision = ''] = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(path) ?? [];
  const model = (await folder.list()).find((served) => served.id === id && [served.commit, 'main'].includes(revision));
  if (!model) return undefined;
  return question === 'revision' ? describe(model) : Promise.all(model.files.map((file) => describeFile(folder, model, file)));
}

function describe({ id, commit, files }: ServedModel) {
  return { id, modelId: id, sha: commit, private: false, gated: false, disabled: false, siblings: files.map(({ path }) => ({ rfilename: path })) };
}

async function describeFile(folder: ModelFolder, { id }: ServedModel, { path, bytes, sha256 }: ModelFile) {
  if (storedOutsideGit.test(path)) {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes}\n`;
    return { type: 'file', path, size: bytes, oid: gitBlobId(Buffer.from(pointer)), lfs: { oid: sha256, size: bytes, pointerSize: pointer.length } };
  }
  const found = await folder.find(`${id}/resolve/main/${path}`);
  return { type: 'file', path, size: bytes, oid: gitBlobId(found ? await readFile(found.file.realPath) : Buffer.alloc(0)) };
}

function gitBlobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
