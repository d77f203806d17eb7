/** Where models come from that neither the device nor this server has; asked only when a person installs one of them. */
export type Hub = {
  origin: string;
  /** Where else it sends those who ask for its files, as sources of a content security policy. */
  stores: readonly string[];
};

export const defaultHub: Hub = { origin: 'https://huggingface.co', stores: ['https://*.hf.co'] };

/**
 * Headers that give shared memory and precise clocks, and keep other sites from using what is here. Worker scripts need
 * them as much as the page does.
 */
export const isolationHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Headers of every response. The policy lets nothing but our own files run and no request leave for another origin than
 * the hub's; with `null` for it, to none at all.
 */
export function securityHeaders(hub: Hub | null): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(hub),
    ...isolationHeaders,
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

function contentSecurityPolicy(hub: Hub | null): string {
  const reachable = ["'self'", ...(hub === null ? [] : [hub.origin, ...hub.stores])];
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${reachable.join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}
