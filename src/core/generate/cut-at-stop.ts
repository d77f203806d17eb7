/** Text on its way through a `StopCutter`; `isStopped` once a stop string was found, after which nothing follows. */
export type StopCutter = { push(delta: string): string; end(): string; readonly isStopped: boolean };

/**
 * Lets text through up to the first of the stop strings, which is left out, wherever its characters are split. Holds back
 * only what may be the beginning of one.
 */
export function createStopCutter(stops: readonly string[]): StopCutter {
  const wanted = stops.filter((stop) => stop !== '');
  let held = '';
  let isStopped = false;
  return {
    push(delta) {
      if (isStopped) return '';
      held += delta;
      const at = firstOf(held, wanted);
      const to = at ?? held.length - lengthOfBeginning(held, wanted);
      const text = held.slice(0, to);
      held = at === undefined ? held.slice(to) : '';
      isStopped = at !== undefined;
      return text;
    },
    end() {
      const text = held;
      held = '';
      return text;
    },
    get isStopped() {
      return isStopped;
    },
  };
}

function firstOf(text: string, stops: readonly string[]): number | undefined {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** Length of the longest end of `text` that a stop string begins with. */
function lengthOfBeginning(text: string, stops: readonly string[]): number {
  const longest = Math.max(0, ...stops.map((stop) => stop.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (stops.some((stop) => stop.startsWith(end))) return length;
  }
  return 0;
}
