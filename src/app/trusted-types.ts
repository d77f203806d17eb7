type Policies = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown };

/**
 * Installs the page's one Trusted Types policy: scripts and workers may come from this origin only, and text never
 * becomes HTML or script. Does nothing where the browser has no Trusted Types.
 */
export function installTrustedTypes(view: Window & typeof globalThis): void {
  const policies = (view as unknown as { trustedTypes?: Policies }).trustedTypes;
  policies?.createPolicy('default', {
    createScriptURL(url) {
      if (new URL(url, view.location.href).origin !== view.location.origin) throw new TypeError(`A script of another origin was refused: ${url}`);
      return url;
    },
  });
}
