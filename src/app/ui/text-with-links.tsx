import type { ComponentChildren } from 'preact';
import { t, type MessageKey } from '../messages/t.ts';

type Props = { k: MessageKey; values?: Record<string, string | number>; parts: Record<string, ComponentChildren> };

/** A message in which `{name}` stands for an element, so that word order stays the translator's. */
export function TextWithLinks({ k, values = {}, parts }: Props) {
  const pieces = t(k, values).split(/\{(\w+)\}/);
  return <>{pieces.map((piece, index) => (index % 2 === 0 ? piece : parts[piece] ?? `{${piece}}`))}</>;
}
