import { DownloadFault } from './download-fault.ts';

export type FileRequest = { url: string; fromBytes: number; totalBytes: number; etag?: string | undefined };

/** A source's answer that may be the file: its body, and where in the file it begins (0 where the source knows no ranges). */
export type FileResponse = { body: ReadableStream<Uint8Array>; fromBytes: number; etag: string | undefined };

/**
 * Asks a source for a file from `fromBytes` on. `etag` makes it begin anew where the source's file is another by now. Answers
 * that cannot be the file (an error page with status 200, a range not asked for) are faults. Nothing is kept by the HTTP
 * cache: the file is stored once, by us.
 */
export async function openResponse(fetchFile: typeof fetch, request: FileRequest, signal: AbortSignal): Promise<FileResponse> {
  const { url, fromBytes, totalBytes, etag } = request;
  const headers: Record<string, string> = {};
  if (fromBytes > 0) headers['range'] = `bytes=${fromBytes}-`;
  if (fromBytes > 0 && etag !== undefined) headers['if-range'] = etag;
  const response = await fetchFile(url, { headers, signal, cache: 'no-store', referrerPolicy: 'no-referrer' });
  const refuse = (fault: DownloadFault): never => {
    void response.body?.cancel().catch(() => undefined);
    throw fault;
  };
  if (response.status !== 200 && response.status !== 206) return refuse(faultOf(response));
  if (/^text\/html\b/iu.test(response.headers.get('content-type') ?? '') && !/\.html?$/iu.test(new URL(url).pathname)) {
    return refuse(new DownloadFault('missing', 'the source answered with a page instead of the file'));
  }
  if (!response.body) throw new DownloadFault('unreachable', 'the source answered with nothing', { mayRetry: true });
  const strongEtag = /^"[^"]{1,200}"$/u.exec(response.headers.get('etag') ?? '')?.[0];
  if (response.status === 200) return { body: response.body, fromBytes: 0, etag: strongEtag };
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(response.headers.get('content-range') ?? '');
  // The header is not always visible across origins; the hash has the last word.
  const isOther = range !== null && (Number(range[1]) !== fromBytes || (range[2] !== '*' && Number(range[2]) !== totalBytes));
  if (isOther || fromBytes === 0) return refuse(new DownloadFault('corrupt', 'the source answered with another range than asked for', { mayRetry: true }));
  return { body: response.body, fromBytes, etag: strongEtag };
}

function faultOf(response: Response): DownloadFault {
  const { status } = response;
  if (status === 416) return new DownloadFault('corrupt', 'the source has a shorter file', { mayRetry: true });
  const isTrouble = status >= 500 || status === 408 || status === 425 || status === 429;
  if (!isTrouble) return new DownloadFault('missing', `the source answered ${status}`);
  const afterSeconds = Number(response.headers.get('retry-after'));
  return new DownloadFault('unreachable', `the source answered ${status}`, { mayRetry: true, waitMs: afterSeconds > 0 ? afterSeconds * 1000 : undefined });
}
