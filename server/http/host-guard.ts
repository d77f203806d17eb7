import type { MiddlewareHandler } from 'hono';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Answers 421 to a request whose `Host` is not this machine's own name. Without it a hostile page could reach the server
 * through a name of its own that resolves to the loopback address (DNS rebinding, GHSA-5jx5-hqx5-2vrj).
 */
export function hostGuard(): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header('Host') ?? '').toLowerCase().replace(/:\d+$/, '');
    if (!loopbackHosts.has(host)) return context.text('This server answers to localhost only.', 421);
    return next();
  };
}
