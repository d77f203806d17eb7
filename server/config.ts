import * as v from 'valibot';
import { AppError } from '#core/errors/app-error.ts';
import { defaultHub, type Hub } from './http/security-headers.ts';

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535'),
  v.transform(Number),
  v.maxValue(65_535, 'must be a port number from 0 to 65535'),
);

const hubRule = 'must be `off` or the address of a hub (https://hub.example), with other addresses it sends on to after commas';

const hub = v.pipe(v.string(), v.check((value) => readHub(value) !== undefined, hubRule), v.transform((value) => readHub(value) ?? null));

const environment = v.object({
  PORT: v.optional(port),
  ALCOVE_PAGE_ROOT: v.optional(v.string()),
  MODELS__DIR: v.optional(v.string()),
  MODELS__HUB: v.optional(hub),
});

export type ServerConfig = {
  /** Port asked for; absent: the first free one from 8787. 0: any free port. */
  port?: number;
  /** Folder of the built page; absent: the one that `npm start` builds. */
  pageRoot?: string;
  /** Folder of this server's own models; absent: none. */
  modelsDir?: string;
  /** The hub that the page may ask for models, `null` for none; absent: the default one. */
  hub?: Hub | null;
};

/** Reads the server's settings from the environment, once. Errors: `invalid-input` naming the variable and its rule. */
export function readConfig(env: Record<string, string | undefined>): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = v.safeParse(environment, given);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
    throw new AppError('invalid-input', `Settings of the environment: ${problems.join('; ')}.`);
  }
  const { PORT, ALCOVE_PAGE_ROOT, MODELS__DIR, MODELS__HUB } = parsed.output;
  return {
    ...(PORT !== undefined && { port: PORT }),
    ...(ALCOVE_PAGE_ROOT !== undefined && { pageRoot: ALCOVE_PAGE_ROOT }),
    ...(MODELS__DIR !== undefined && { modelsDir: MODELS__DIR }),
    ...(MODELS__HUB !== undefined && { hub: MODELS__HUB }),
  };
}

/** `null` for `off`, `undefined` for what is neither that nor addresses. The default hub keeps the stores it is known to have. */
function readHub(value: string): Hub | null | undefined {
  if (value === 'off') return null;
  const [origin, ...stores] = value.split(',').map((part) => readOrigin(part.trim()));
  if (origin === undefined || stores.includes(undefined)) return undefined;
  const known = origin === defaultHub.origin ? defaultHub.stores : [];
  return { origin, stores: [...known, ...stores.filter((store) => store !== undefined)] };
}

/** Only this machine may be a hub without TLS. */
function readOrigin(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const { origin, protocol, hostname, href } = new URL(value);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
  return isSafe && href === `${origin}/` ? origin : undefined;
}
