import type { ComponentChildren } from 'preact';

/** A named row of the settings. */
export function Setting({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return <section class="setting" aria-labelledby={id}><h2 id={id}>{title}</h2><div>{children}</div></section>;
}
