import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import { createEmbedService } from '../../worker/models/transformers/create-embed-service.ts';
import { setUpTransformers } from '../../worker/models/transformers/set-up-transformers.ts';
import { fetchModelFiles } from './fetch-model-files.ts';

/**
 * One side of a comparison, in a worker of its own: a realm has one set of threads. `ours` is the product's embed service,
 * from texts to vectors. `plain` is ONNX Runtime alone on token ids made beforehand, so it is the least there is to do.
 */
export type EmbedSideRequest =
  | { kind: 'load'; side: 'ours' | 'plain'; base: string; manifest: Omit<ModelManifest, 'files' | 'commit'>; profile: EngineProfile }
  /** Answered with the milliseconds it took. `perRun` counts for `plain`, which pads to the longest of a run. */
  | { kind: 'embed'; texts: string[]; perRun: number };

export type EmbedSideReply = { kind: 'done'; ms: number } | { kind: 'failed'; message: string };

type Embed = (texts: readonly string[], perRun: number) => Promise<number>;

allowOwnScripts(self);

let embed: Embed | undefined;

async function load({ side, base, manifest, profile }: Extract<EmbedSideRequest, { kind: 'load' }>): Promise<Embed> {
  const files = await fetchModelFiles(base, manifest, profile.dtype);
  if (side === 'plain') return loadPlain(await setUpTransformers({ files, profile, baseUrl: base }), await bytesOf(files, manifest, profile), profile);
  const service = createEmbedService({ openFiles: () => Promise.resolve(files) });
  await service.load({ key: modelKey(files.manifest), profile, baseUrl: base }, () => {});
  return async (texts) => {
    const startedMs = performance.now();
    await service.embed!(texts, 'passage', new AbortController().signal);
    return performance.now() - startedMs;
  };
}

async function bytesOf({ read }: Awaited<ReturnType<typeof fetchModelFiles>>, { variants }: Pick<ModelManifest, 'variants'>, { dtype }: EngineProfile): Promise<Uint8Array> {
  const path = variants.find((variant) => variant.dtype === dtype)?.files[0] ?? '';
  return new Uint8Array(await (await read(path))!.arrayBuffer());
}

/** The library only lends its tokenizer and the settings of the runtime, which is the module it uses itself. */
async function loadPlain({ library, id, options }: Awaited<ReturnType<typeof setUpTransformers>>, model: Uint8Array, { threads }: EngineProfile): Promise<Embed> {
  const { InferenceSession, Tensor, env } = await import('onnxruntime-web/webgpu');
  env.wasm.numThreads = threads;
  const tokenizer = await library.AutoTokenizer.from_pretrained(id, options);
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const idsOf = (text: string): number[] => {
    const ids = tokenizer(text, { return_tensor: false }).input_ids;
    return ids.length <= 256 ? ids : [...ids.slice(0, 255), ids.at(-1)!];
  };
  return async (texts, perRun) => {
    const rows = texts.map(idsOf).toSorted((a, b) => a.length - b.length);
    const startedMs = performance.now();
    for (let from = 0; from < rows.length; from += perRun) {
      const part = rows.slice(from, from + perRun);
      const dims = [part.length, part.at(-1)!.length];
      const [ids, mask, types] = [0, 0, 0].map(() => new BigInt64Array(dims[0]! * dims[1]!));
      for (const [row, own] of part.entries()) {
        for (const [i, value] of own.entries()) ids![row * dims[1]! + i] = BigInt(value);
        mask!.fill(1n, row * dims[1]!, row * dims[1]! + own.length);
      }
      const feed = { input_ids: new Tensor('int64', ids!, dims), attention_mask: new Tensor('int64', mask!, dims), token_type_ids: new Tensor('int64', types!, dims) };
      const { last_hidden_state: hidden } = await session.run(feed);
      hidden!.dispose();
    }
    return performance.now() - startedMs;
  };
}

async function handle(request: EmbedSideRequest): Promise<number> {
  if (request.kind === 'load') {
    embed = await load(request);
    return 0;
  }
  if (embed === undefined) throw new Error('nothing was loaded');
  return embed(request.texts, request.perRun);
}

addEventListener('message', ({ data }: MessageEvent<EmbedSideRequest>) => {
  handle(data).then(
    (ms) => postMessage({ kind: 'done', ms } satisfies EmbedSideReply),
    (error: unknown) => postMessage({ kind: 'failed', message: String(error) } satisfies EmbedSideReply),
  );
});
