/** Addresses that the page itself answers; every other unknown address is a real 404. */
const pageRoutes = [
  /^\/c\/[^/]+(?:\/s\/[^/]+)?\/?$/,
  /^\/chat\/[^/]+\/?$/,
  /^\/(?:models|bench|settings|team|join)\/?$/,
];

/** Whether an address is one of the page's own, so that a reload or a bookmark opens the page there. */
export function isPageRoute(path: string): boolean {
  return pageRoutes.some((route) => route.test(path));
}
