/** The three dots of a menu button. */
export function Dots() {
  return <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M3 8h.01M8 8h.01M13 8h.01" /></svg>;
}
