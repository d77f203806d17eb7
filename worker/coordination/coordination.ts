import type { EngineEvent } from '#core/engine/engine-api.ts';
import type { WireError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import type { InService } from '../models/host/in-service.ts';

/**
 * What engines of one origin tell each other. Documents never travel, only what changed and what the one engine that
 * runs the models is asked and answers; the store holds the truth.
 */
export type PeerMessage =
  | { kind: 'event'; event: EngineEvent }
  | { kind: 'head'; corpus: CorpusId }
  | { kind: 'wake' }
  | { kind: 'cancel'; documents: DocumentId[] }
  | { kind: 'in-service'; models: InService }
  | LinkMessage;

/** Messages of `LeaderLink`: a call to whoever leads, the next item asked of a stream, and what comes back. */
export type LinkMessage =
  | { kind: 'who-leads' }
  | { kind: 'leads'; engine: string }
  | { kind: 'call'; from: string; id: number; method: string; args: unknown[]; isStream: boolean }
  | { kind: 'pull'; from: string; id: number }
  | { kind: 'call-off'; from: string; id: number }
  | { kind: 'reply'; to: string; id: number; reply: Reply };

export type Reply = { value: unknown; done: boolean } | { error: WireError };

/**
 * How the engines of several tabs agree. `lead` runs its callback once this engine is the only leader and keeps the
 * leadership until the callback's promise settles; it never runs in two engines at a time, also when one of them crashes.
 * `post` reaches every other engine and not the sender. `liveEngines` names the engines whose realm still exists, this one
 * included; `whenGone` resolves when one of them ends, at once where it has.
 */
export type Coordination = {
  readonly engine: string;
  lead: (run: () => Promise<void>) => void;
  post: (message: PeerMessage) => void;
  onMessage: (listener: (message: PeerMessage) => void) => void;
  liveEngines: () => Promise<ReadonlySet<string>>;
  whenGone: (engine: string) => Promise<void>;
};
