import { Hono } from 'hono';
import { hostGuard } from './http/host-guard.ts';
import { isNavigation, isPageRoute } from './http/page-routes.ts';
import { defaultHub, securityHeaders, type Hub } from './http/security-headers.ts';
import { serviceWorkerUnder } from './http/service-worker-policy.ts';
import { staticFiles } from './http/static-files.ts';
import type { ModelFolder } from './models/model-folder.ts';
import { modelRoutes } from './models/model-routes.ts';

export type AppDeps = {
  /** Folder of the built page. */
  pageRoot: string;
  /** Models of this server's own, where it has any. */
  models?: ModelFolder;
  /** The hub of models that the page may ask; absent: the default one, `null`: none. */
  hub?: Hub | null;
  log: (line: string) => void;
};

/** The HTTP application, without a port: `createApp(deps).request('/')` answers as the server would. */
export function createApp({ pageRoot, models, hub = defaultHub, log }: AppDeps): Hono {
  const app = new Hono();
  const headers = securityHeaders(hub);
  const serveFile = staticFiles(pageRoot);
  const openPage = (asked: Request, headers = asked.headers) => app.fetch(new Request(new URL('/', asked.url), { method: asked.method, headers }));

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  });
  app.use(hostGuard());
  app.get('/health', (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.route('/', modelRoutes({ ...(models && { folder: models }), hub }));
  const policy = headers['Content-Security-Policy'] ?? '';
  if (policy !== securityHeaders(defaultHub)['Content-Security-Policy']) app.on(['GET', 'HEAD'], '/sw.js', serviceWorkerUnder(policy, pageRoot));
  app.on(['GET', 'HEAD'], '*', serveFile);
  app.on(['GET', 'HEAD'], '*', async (context, next) => {
    if (!isPageRoute(context.req.path)) return next();
    return openPage(context.req.raw);
  });
  app.on(['GET', 'HEAD'], '*', async (context, next) => {
    if (!isNavigation(context.req.raw)) return next();
    const headers = new Headers(context.req.raw.headers);
    headers.delete('If-None-Match');
    const page = await openPage(context.req.raw, headers);
    if (page.status !== 200) return next();
    page.headers.delete('ETag');
    return new Response(page.body, { status: 404, headers: page.headers });
  });
  app.notFound((context) => context.text('There is nothing at this address.', 404));
  app.onError((error, context) => {
    log(`${context.req.method} ${context.req.path}: ${error.message}`);
    return context.json({ code: 'internal', message: 'The server failed to answer. Its log says why.' }, 500);
  });
  return app;
}
