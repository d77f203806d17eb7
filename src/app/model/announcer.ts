import { signal, type ReadonlySignal } from '@preact/signals';

/** Words for screen readers, said politely one after another. */
export type Announcer = { readonly text: ReadonlySignal<string>; say(text: string): void };

const pauseMs = 300;

/** Queues texts so that each stands in the live region long enough to be noticed. */
export function createAnnouncer(): Announcer {
  const text = signal('');
  const queue: string[] = [];
  let busy = false;
  const next = () => {
    const first = queue.shift();
    busy = first !== undefined;
    if (first === undefined) return;
    text.value = first === text.value ? `${first}\u00A0` : first;
    setTimeout(next, pauseMs);
  };
  return {
    text,
    say(words) {
      queue.push(words);
      if (!busy) next();
    },
  };
}
