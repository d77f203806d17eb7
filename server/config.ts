import * as v from 'valibot';
import { AppError } from '#core/errors/app-error.ts';

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535'),
  v.transform(Number),
  v.maxValue(65_535, 'must be a port number from 0 to 65535'),
);

const environment = v.object({
  PORT: v.optional(port),
  ALCOVE_PAGE_ROOT: v.optional(v.string()),
});

export type ServerConfig = {
  /** Port asked for; absent: the first free one from 8787. 0: any free port. */
  port?: number;
  /** Folder of the built page; absent: the one that `npm start` builds. */
  pageRoot?: string;
};

/** Reads the server's settings from the environment, once. Errors: `invalid-input` naming the variable and its rule. */
export function readConfig(env: Record<string, string | undefined>): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = v.safeParse(environment, given);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
    throw new AppError('invalid-input', `Settings of the environment: ${problems.join('; ')}.`);
  }
  const { PORT, ALCOVE_PAGE_ROOT } = parsed.output;
  return { ...(PORT !== undefined && { port: PORT }), ...(ALCOVE_PAGE_ROOT !== undefined && { pageRoot: ALCOVE_PAGE_ROOT }) };
}
