/** Addresses that the page itself answers; every other unknown address is a real 404, which a person reads as the page's own words. */
const pageRoutes = [
  /^\/c\/[^/]+(?:\/s\/[^/]+)?\/?$/,
  /^\/chat\/[^/]+\/?$/,
  /^\/(?:models|bench|settings|team|join)\/?$/,
];

/** Whether an address is one of the page's own, so that a reload or a bookmark opens the page there. */
export function isPageRoute(path: string): boolean {
  return pageRoutes.some((route) => route.test(path));
}

/** Whether a person goes to this address, as opposed to a script, a style or a program that asks for a file. */
export function isNavigation({ url, headers }: Request): boolean {
  const isFile = /\.\w+$/.test(new URL(url).pathname);
  const mode = headers.get('Sec-Fetch-Mode') ?? 'navigate';
  return !isFile && mode === 'navigate' && (headers.get('Accept') ?? '').includes('text/html');
}
