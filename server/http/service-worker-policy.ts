import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Handler } from 'hono';

/**
 * Serves `/sw.js` with the name of a policy in front. Browsers look for a new service worker by its bytes alone, and what
 * it has stored keeps the headers it came with: so a changed policy reaches those who were here before as an update does.
 */
export function serviceWorkerUnder(policy: string, pageRoot: string): Handler {
  const path = join(pageRoot, 'sw.js');
  const name = createHash('sha256').update(policy).digest('hex').slice(0, 8);
  const script = existsSync(path) ? `self.ALCOVE_POLICY="${name}";\n${readFileSync(path, 'utf8')}` : undefined;
  return async (context, next) => {
    if (script === undefined) return next();
    return context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' });
  };
}
