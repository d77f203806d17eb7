/**
 * How the test hub misbehaves with one file. Positions count from the file's start, whatever part is asked for:
 * `truncate` ends the connection before that byte, `stall` sends nothing more from there and keeps it open, `flip` changes
 * one bit of that byte. `page` is a page of HTML with status 200; `ignore-range` sends the whole file with 200;
 * `wrong-etag` gives another ETag each time; `redirect` sends on to another port, as the hub does with large files;
 * `no-cors` leaves out what lets another origin read the answer; `slow` sends so many bytes a second.
 */
export type FaultKind =
  | { kind: 'truncate' | 'stall' | 'flip'; atByte: number }
  | { kind: 'status'; status: number }
  | { kind: 'slow'; bytesPerSecond: number }
  | { kind: 'page' | 'ignore-range' | 'wrong-etag' | 'redirect' | 'no-cors' };

/** `times`: how many answers it spoils before it is gone; absent: all of them. */
export type Fault = FaultKind & { times?: number };

/** The faults of every file, by its path with the model's id before it (`org/name/config.json`) or `*` for all. */
export class Faults {
  readonly #byPath = new Map<string, Fault[]>();

  /** Takes the place of the faults the path had; no faults heal it. */
  set(path: string, faults: readonly Fault[]): void {
    this.#byPath.set(path, faults.map((fault) => ({ ...fault })));
  }

  /** The faults of one answer; what has been used up is gone. Who is sent on meets the other faults where the files are stored. */
  take(path: string, from: 'hub' | 'store' = 'hub'): Fault[] {
    const active = [...(this.#byPath.get('*') ?? []), ...(this.#byPath.get(path) ?? [])].filter(({ times }) => times === undefined || times > 0);
    const redirects = active.filter(({ kind }) => kind === 'redirect');
    const taken = from === 'hub' && redirects.length > 0 ? redirects : active.filter(({ kind }) => kind !== 'redirect');
    for (const fault of taken) if (fault.times !== undefined) fault.times -= 1;
    return taken;
  }
}

/** The first fault of a kind. */
export function faultOf<K extends Fault['kind']>(faults: readonly Fault[], kind: K): (Fault & { kind: K }) | undefined {
  return faults.find((fault): fault is Fault & { kind: K } => fault.kind === kind);
}
