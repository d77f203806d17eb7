import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { ServedModels } from '#core/models/served-model.ts';
import type { Hub } from '../http/security-headers.ts';
import type { ModelFolder, ServedFile } from './model-folder.ts';
import { sendFile } from './send-file.ts';

/** Reading gigabytes for the first time takes longer; what is not known by then is in the next answer. */
const longestWaitMs = 10_000;

export type ModelRoutesDeps = {
  /** Absent: this server has no models of its own. */
  folder?: ModelFolder;
  /** The hub that the page may ask, `null` for none. */
  hub: Hub | null;
};

/**
 * What a page needs to install models from this server: `/models/manifest.json` says which there are and whether the hub
 * may be asked, `/models/<org>/<name>/resolve/<revision>/<path>` and `/mlc/<version>/<library>.wasm` are the files. What is
 * not there is a 404 in plain text, never the page: a loader would take that for the file.
 */
export function modelRoutes({ folder, hub }: ModelRoutesDeps): Hono {
  const routes = new Hono();
  routes.get('/models/manifest.json', async (context) => {
    const offered: ServedModels = { hub: hub?.origin ?? null, models: (await folder?.list(longestWaitMs)) ?? [] };
    return sendJson(context, JSON.stringify(offered));
  });
  routes.on(['GET', 'HEAD'], ['/models/:org/:name/resolve/*', '/mlc/*'], async (context) => {
    const response = folder && (await sendFound(context, folder));
    return response ?? context.text('There is no such file of a model here.', 404);
  });
  return routes;
}

async function sendFound(context: Context, folder: ModelFolder): Promise<Response | undefined> {
  const address = readAddress(context.req.path);
  const found = address === undefined ? undefined : await folder.find(address);
  if (!address || !found) return undefined;
  const response = await send(context, found);
  if (response) return response;
  folder.forget();
  const again = await folder.find(address);
  return again && send(context, again);
}

/** A file that cannot be read any more is as good as gone. */
async function send(context: Context, found: ServedFile): Promise<Response | undefined> {
  return sendFile(context, found).catch(() => undefined);
}

function readAddress(path: string): string | undefined {
  try {
    return decodeURIComponent(path).replace(/^\/(?:models\/)?/, '');
  } catch {
    return undefined;
  }
}

function sendJson(context: Context, body: string): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  context.header('ETag', etag);
  context.header('Cache-Control', 'no-cache');
  if (context.req.header('If-None-Match') === etag) return context.body(null, 304);
  return context.body(body, 200, { 'Content-Type': 'application/json; charset=utf-8' });
}
