import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import { createTransformersTextService } from '../../worker/models/generate/create-transformers-text-service.ts';
import { setUpTransformers } from '../../worker/models/transformers/set-up-transformers.ts';
import { fetchModelFiles } from './fetch-model-files.ts';

/**
 * One side of a comparison, in a worker of its own. `ours` is the product's text service; `plain` is a bare loop of
 * transformers.js with the library's own streamer, as its documentation shows it.
 */
export type GenerateSideRequest =
  | { kind: 'load'; side: 'ours' | 'plain'; base: string; manifest: ModelManifest; profile: EngineProfile }
  | { kind: 'write'; prompt: string; maxTokens: number };

export type TextSpeed = { tokens: number; firstTokenMs: number; tokensPerSecond: number };
export type GenerateSideReply = { kind: 'done'; speed: TextSpeed } | { kind: 'failed'; message: string };

type Write = (prompt: string, maxTokens: number) => Promise<TextSpeed>;

allowOwnScripts(self);

let write: Write | undefined;
const nothing: TextSpeed = { tokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

async function load({ side, base, manifest, profile }: Extract<GenerateSideRequest, { kind: 'load' }>): Promise<Write> {
  const files = await fetchModelFiles(base, manifest, profile.dtype);
  if (side === 'plain') return loadPlain(await setUpTransformers({ files, profile, baseUrl: base }));
  const service = createTransformersTextService({ openFiles: () => Promise.resolve(files) });
  await service.load({ key: modelKey(files.manifest), profile, baseUrl: base }, () => {});
  return (prompt, maxTokens) =>
    measure(async (onPiece) => {
      const text = service.generate!({ messages: [{ role: 'user', content: prompt }], maxTokens }, new AbortController().signal);
      for (;;) {
        const step = await text.next();
        if (step.done === true) return step.value.tokens;
        onPiece();
      }
    });
}

async function loadPlain({ library, id, options }: Awaited<ReturnType<typeof setUpTransformers>>): Promise<Write> {
  const { AutoModelForCausalLM, AutoTokenizer, TextStreamer } = library;
  const tokenizer = await AutoTokenizer.from_pretrained(id, options);
  const model = await AutoModelForCausalLM.from_pretrained(id, options);
  return (prompt, maxTokens) =>
    measure(async (onPiece) => {
      let tokens = 0;
      const inputs = tokenizer.apply_chat_template([{ role: 'user', content: prompt }], { add_generation_prompt: true });
      const streamer = new TextStreamer(tokenizer, {
        skip_prompt: true,
        callback_function: () => {},
        token_callback_function: () => {
          tokens += 1;
          onPiece();
        },
      });
      await model.generate({ ...inputs, max_new_tokens: maxTokens, do_sample: false, streamer });
      return tokens;
    });
}

/** From the call to the first piece, and from there to the end, by one clock for both sides. */
async function measure(run: (onPiece: () => void) => Promise<number>): Promise<TextSpeed> {
  const startedMs = performance.now();
  let firstMs: number | undefined;
  const tokens = await run(() => (firstMs ??= performance.now()));
  const endMs = performance.now();
  const first = firstMs ?? endMs;
  return { tokens, firstTokenMs: first - startedMs, tokensPerSecond: (1000 * (tokens - 1)) / Math.max(endMs - first, 0.01) };
}

async function handle(request: GenerateSideRequest): Promise<TextSpeed> {
  if (request.kind === 'load') {
    write = await load(request);
    return nothing;
  }
  if (write === undefined) throw new Error('nothing was loaded');
  return write(request.prompt, request.maxTokens);
}

addEventListener('message', ({ data }: MessageEvent<GenerateSideRequest>) => {
  handle(data).then(
    (speed) => postMessage({ kind: 'done', speed } satisfies GenerateSideReply),
    (error: unknown) => postMessage({ kind: 'failed', message: String(error) } satisfies GenerateSideReply),
  );
});
