import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openModelFolder, type ModelFolder } from '../../server/models/model-folder.ts';
import { type Fault, faultOf, Faults } from './fault.ts';
import { answerApi } from './hub-api.ts';
import { sendOther, sendWithFaults } from './send-with-faults.ts';

/** A request the hub got: `range` as it stood in the header. */
export type HubRequest = { method: string; path: string; range?: string };

export type TestHub = {
  /** Its origin, as `MODELS__HUB` takes it. */
  address: string;
  requests: HubRequest[];
  /** See `Faults.set`. */
  fail(path: string, faults: readonly Fault[]): void;
  stop(): Promise<void>;
};

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': '*',
  'Access-Control-Expose-Headers': '*',
};

/**
 * A hub of models for tests, over a folder as `openModelFolder` reads it: files at `/<org>/<name>/resolve/<revision>/<path>`
 * and the same below `/models/`, what is known of a model below `/api/models/`, the commit of a model being its content
 * revision. It answers to every origin, and behaves as badly as it is told to, from here or by `connectTestHub`.
 */
export async function startTestHub(folder: string): Promise<TestHub> {
  const models = await openModelFolder(folder, { log: () => {} });
  const faults = new Faults();
  const requests: HubRequest[] = [];
  const store = await listen(createServer(guarded((request, response) => answerFile(models, request, response, faults.take(fileOf(request), 'store')))));
  const hub = await listen(createServer(guarded(answer)));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (pathOf(request).startsWith('/_control/')) return control(request, response);
    const { method = '', headers } = request;
    requests.push({ method, path: pathOf(request), ...(headers.range !== undefined && { range: headers.range }) });
    const active = method === 'OPTIONS' ? [] : faults.take(fileOf(request));
    if (!faultOf(active, 'redirect')) return answerFile(models, request, response, active);
    setCors(response, active);
    response.writeHead(302, { Location: `${addressOf(store)}${request.url ?? ''}` }).end();
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setCors(response, []);
    if (request.method === 'PUT') {
      const { path, faults: wanted } = (await readJson(request)) as { path: string; faults: Fault[] };
      faults.set(path, wanted);
    }
    response.end(JSON.stringify(requests));
    if (request.method === 'DELETE') await stop();
  }

  async function stop(): Promise<void> {
    await Promise.all([hub, store].map(close));
  }

  return { address: addressOf(hub), requests, fail: (path, wanted) => faults.set(path, wanted), stop };
}

async function answerFile(models: ModelFolder, request: IncomingMessage, response: ServerResponse, faults: readonly Fault[]): Promise<void> {
  setCors(response, faults);
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  const known = await answerQuestion(models, pathOf(request));
  const found = known === undefined ? await models.find(pathOf(request).replace(/^\/(?:models\/)?/, '')) : undefined;
  if (found) return sendWithFaults(request, response, found, faults);
  if (sendOther(response, faults)) return;
  if (known === undefined) response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Entry not found');
  else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(known));
}

async function answerQuestion(models: ModelFolder, path: string): Promise<unknown> {
  if (path === '/models/manifest.json') return { hub: null, models: await models.list() };
  return path.startsWith('/api/') ? answerApi(models, path) : undefined;
}

/** An answer that fails ends its connection instead of the process. */
function guarded(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
}

function setCors(response: ServerResponse, faults: readonly Fault[]): void {
  if (faultOf(faults, 'no-cors')) return;
  for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
}

function pathOf(request: IncomingMessage): string {
  return decodeURIComponent(new URL(request.url ?? '/', 'http://hub').pathname);
}

/** The name of what is asked for, as faults have it. */
function fileOf(request: IncomingMessage): string {
  return pathOf(request).replace(/^\/(?:models\/)?/, '').replace(/\/resolve\/[^/]+\//, '/');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

function listen(server: Server): Promise<Server> {
  // A test that forgets to stop its hub must not keep the whole run from ending.
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
