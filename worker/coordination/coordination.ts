import type { EngineEvent } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';

/** What engines of one origin tell each other. Content never travels, only what changed; the store holds the truth. */
export type PeerMessage =
  | { kind: 'event'; event: EngineEvent }
  | { kind: 'head'; corpus: CorpusId }
  | { kind: 'wake' }
  | { kind: 'cancel'; documents: DocumentId[] };

/**
 * How the engines of several tabs agree. `lead` runs its callback once this engine is the only leader and keeps the
 * leadership until the callback's promise settles; it never runs in two engines at a time, also when one of them crashes.
 * `post` reaches every other engine and not the sender. `liveEngines` names the engines whose realm still exists, this one
 * included.
 */
export type Coordination = {
  readonly engine: string;
  lead: (run: () => Promise<void>) => void;
  post: (message: PeerMessage) => void;
  onMessage: (listener: (message: PeerMessage) => void) => void;
  liveEngines: () => Promise<ReadonlySet<string>>;
};
