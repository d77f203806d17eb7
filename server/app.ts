import { Hono } from 'hono';
import { hostGuard } from './http/host-guard.ts';
import { isPageRoute } from './http/page-routes.ts';
import { securityHeaders } from './http/security-headers.ts';
import { staticFiles } from './http/static-files.ts';

export type AppDeps = {
  /** Folder of the built page. */
  pageRoot: string;
  log: (line: string) => void;
};

/** The HTTP application, without a port: `createApp(deps).request('/')` answers as the server would. */
export function createApp({ pageRoot, log }: AppDeps): Hono {
  const app = new Hono();
  const serveFile = staticFiles(pageRoot);

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.res.headers.set(name, value);
  });
  app.use(hostGuard());
  app.get('/health', (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.on(['GET', 'HEAD'], '*', serveFile);
  app.on(['GET', 'HEAD'], '*', async (context, next) => {
    if (!isPageRoute(context.req.path)) return next();
    return app.fetch(new Request(new URL('/', context.req.url), context.req.raw), context.env);
  });
  app.notFound((context) => context.text('There is nothing at this address.', 404));
  app.onError((error, context) => {
    log(`${context.req.method} ${context.req.path}: ${error.message}`);
    return context.json({ code: 'internal', message: 'The server failed to answer. Its log says why.' }, 500);
  });
  return app;
}
