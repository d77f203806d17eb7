type ScriptUrlPolicy = { createScriptURL: (url: string) => string };
type TrustedTypes = { createPolicy: (name: string, policy: ScriptUrlPolicy) => unknown };
type Realm = { trustedTypes?: TrustedTypes; location: { href: string; origin: string } };

/**
 * Lets this realm start workers from our own origin, and nothing else, under `require-trusted-types-for 'script'`.
 * Strings as HTML or script stay refused: the policy makes neither. A browser without Trusted Types is left as it is.
 */
export function allowOwnScripts(realm: Realm): void {
  const { trustedTypes, location } = realm;
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      const { origin } = new URL(url, location.href);
      if (origin !== location.origin) throw new TypeError(`A script of ${origin} was refused.`);
      return url;
    },
  });
}
