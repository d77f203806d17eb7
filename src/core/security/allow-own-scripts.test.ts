import { describe, expect, it } from 'vitest';
import { allowOwnScripts } from './allow-own-scripts.ts';

function policyOf(href: string) {
  let policy: { createScriptURL: (url: string) => string } | undefined;
  const trustedTypes = { createPolicy: (_name: string, made: typeof policy) => (policy = made) };
  allowOwnScripts({ trustedTypes, location: { href, origin: new URL(href).origin } });
  return policy;
}

describe('the policy for script addresses', () => {
  const policy = policyOf('http://localhost:8787/c/contracts');

  it.each(['/assets/worker.js', 'http://localhost:8787/sw.js', 'worker.js'])('lets our own %s through unchanged', (url) => {
    expect(policy?.createScriptURL(url)).toBe(url);
  });

  it.each(['https://evil.example/x.js', '//evil.example/x.js', 'data:text/javascript,1', 'blob:null/1', 'http://localhost:1/x.js'])(
    'refuses %s',
    (url) => {
      expect(() => policy?.createScriptURL(url)).toThrowError(TypeError);
    },
  );

  it('does nothing where the browser has no Trusted Types', () => {
    expect(() => allowOwnScripts({ location: { href: 'http://localhost/', origin: 'http://localhost' } })).not.toThrow();
  });
});
