import type { ModelFile } from '#core/models/model-manifest.ts';
import { DownloadFault, toDownloadError } from './download-fault.ts';
import { delayBefore } from './download-policy.ts';
import type { DownloadPolicy } from './download-policy.ts';
import type { ModelSource } from './model-sources.ts';
import { openResponse } from './open-response.ts';
import { openPartFile } from './part-file.ts';
import type { PartFile } from './part-file.ts';
import type { ModelShelf } from './model-shelf.ts';

export type DownloadFileOptions = {
  file: ModelFile;
  sources: readonly ModelSource[];
  shelf: ModelShelf;
  /** Where it is gathered, and where it goes when its hash is right. */
  partPath: string;
  filePath: string;
  fetch: typeof fetch;
  policy: DownloadPolicy;
  signal: AbortSignal;
  /** Bytes that are there now; falls when a part had to be thrown away. */
  onBytes(bytes: number): void;
};

/**
 * Fetches a file from the first source that gives the right bytes, going on after what is there, and puts it in place when
 * its SHA-256 is right. Gives the source, or `undefined` where all bytes were there already. Bytes that are not the file's
 * never get in place; no more than the listed number is ever taken. Errors: `model/missing`, `model/corrupt`, `offline`
 * (after every source was tried, and again where that may help), what the shelf throws, and the signal's reason.
 */
export async function downloadFile(options: DownloadFileOptions): Promise<ModelSource | undefined> {
  const { file, shelf, signal } = options;
  const part = await openPartFile(shelf, options.partPath, file.bytes, signal);
  try {
    options.onBytes(part.bytes);
    const isThere = part.bytes === file.bytes && (await isRight(part, options));
    const source = isThere ? undefined : await fetchFromAny(part, options);
    await part.close();
    await shelf.move(options.partPath, options.filePath);
    return source;
  } finally {
    await part.close();
  }
}

async function fetchFromAny(part: PartFile, options: DownloadFileOptions): Promise<ModelSource> {
  const faults: DownloadFault[] = [];
  for (const source of options.sources) {
    const fault = await fetchFrom(source, part, options);
    if (!fault) return source;
    faults.push(fault);
  }
  throw toDownloadError(faults, options.file.path);
}

/** Tries a source until the file is right or no further attempt can help. */
async function fetchFrom(source: ModelSource, part: PartFile, options: DownloadFileOptions): Promise<DownloadFault | undefined> {
  const { policy, signal } = options;
  const attempt: Attempt = { url: source.urlOf(options.file), isSameOrigin: source.origin === 'same-origin', etag: undefined };
  let fruitless = 0;
  let wrong = 0;
  for (let count = 1; ; count += 1) {
    const bytesBefore = part.bytes;
    try {
      await fetchOnce(attempt, part, options);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DownloadFault)) throw error;
      fruitless = part.bytes > bytesBefore ? 0 : fruitless + 1;
      if (error.kind === 'corrupt') wrong += 1;
      // A second time from the first byte shows whether what was there before, or the source, was wrong.
      if (!error.mayRetry || wrong > 1 || fruitless >= policy.fruitlessAttempts || count >= policy.attempts) return error;
      await policy.sleep(delayBefore(fruitless, error.waitMs, policy), signal);
    }
  }
}

type Attempt = { url: string; isSameOrigin: boolean; etag: string | undefined };

async function fetchOnce(attempt: Attempt, part: PartFile, options: DownloadFileOptions): Promise<void> {
  const { file, signal } = options;
  const watch = watchForStall(options.policy.stallMs, signal);
  try {
    const request = { url: attempt.url, fromBytes: part.bytes, totalBytes: file.bytes, etag: attempt.etag };
    const response = await unlessUnreachable(() => openResponse(options.fetch, request, watch.signal), watch.signal);
    // `If-Range` to another origin would need its leave first (CORS); the hub's files are named by their commit anyway.
    attempt.etag = attempt.isSameOrigin ? response.etag : undefined;
    if (response.fromBytes < part.bytes) await part.restart();
    options.onBytes(part.bytes);
    await takeBody(response.body, part, options, watch);
  } catch (error) {
    if (error instanceof DownloadFault && error.kind === 'corrupt' && part.bytes > 0) await part.restart();
    throw error;
  } finally {
    watch.end();
  }
  if (part.bytes < file.bytes) throw new DownloadFault('unreachable', `the source ended after ${part.bytes} of ${file.bytes} bytes`, { mayRetry: true });
  if (!(await isRight(part, options))) throw new DownloadFault('corrupt', 'the bytes do not have the hash they must have', { mayRetry: true });
}

async function takeBody(body: ReadableStream<Uint8Array>, part: PartFile, options: DownloadFileOptions, watch: Watch): Promise<void> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await unlessUnreachable(() => reader.read(), watch.signal);
      if (done) return;
      watch.sawBytes();
      if (part.bytes + value.length > options.file.bytes) throw new DownloadFault('corrupt', `the source sends more than ${options.file.bytes} bytes`);
      await part.append(value);
      options.onBytes(part.bytes);
    }
  } catch (error) {
    void reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** Whether the whole file is the right one; throws it away where not. */
async function isRight(part: PartFile, { file, onBytes }: DownloadFileOptions): Promise<boolean> {
  if (part.digest() === file.sha256) return true;
  await part.restart();
  onBytes(0);
  return false;
}

type Watch = { signal: AbortSignal; sawBytes(): void; end(): void };

/** A signal that is aborted with `signal`, or when no bytes were seen for `stallMs`. */
function watchForStall(stallMs: number, signal: AbortSignal): Watch {
  const controller = new AbortController();
  const stall = () => controller.abort(new DownloadFault('unreachable', `the source sent nothing for ${stallMs} ms`, { mayRetry: true }));
  const onAbort = () => controller.abort(signal.reason);
  let timer = setTimeout(stall, stallMs);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    sawBytes() {
      clearTimeout(timer);
      timer = setTimeout(stall, stallMs);
    },
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Runs a step of a request. It ends when the signal does, whatever the step waits for; what else fails is the network. */
async function unlessUnreachable<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  try {
    signal.throwIfAborted();
    const aborted = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    return await Promise.race([run(), aborted]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DownloadFault) throw error;
    throw new DownloadFault('unreachable', 'the source could not be reached, or broke off', { mayRetry: true, cause: error });
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
