import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { CorpusId } from '#core/ids.ts';
import type { App } from '../../app-context.ts';
import { isPending, sourcesOf } from '../../model/library.ts';
import { ask } from '../answers/use-ask.ts';

/** A question that waits for the sample library; `collection` is missing until there is one. `firstVisit`: it was chosen in an empty library. */
export type SampleWait = { question: string; firstVisit: boolean; collection?: CorpusId };

export type SampleAsker = {
  readonly waiting: ReadonlySignal<SampleWait | undefined>;
  /** Opens the sample library and asks as soon as it can be searched, unless the person has turned to something else by then. Does nothing while another question waits. Rejects with an `AppError`. */
  ask(question: string): Promise<void>;
};

type Parts = Pick<App, 'adding' | 'library' | 'conversations' | 'question' | 'router' | 'layout'>;

/** Holds the question where no step of the router can lose it: opening the samples shows another page than the one it was chosen on. */
export function createSampleAsker(app: Parts): SampleAsker {
  const { adding, library, conversations, router } = app;
  const waiting = signal<SampleWait | undefined>(undefined);
  const hasTurnedAway = (collection: CorpusId) => {
    const route = router.route.value;
    return route.page !== 'collection' || route.collection !== collection || conversations.current.value.turns.value.length > 0;
  };
  effect(() => {
    const wait = waiting.value;
    if (!wait?.collection) return;
    const samples = sourcesOf(library.sources.value.values(), wait.collection);
    const isLeft = hasTurnedAway(wait.collection);
    if (!isLeft && (samples.length === 0 || samples.some(isPending))) return;
    untracked(() => {
      waiting.value = undefined;
      if (!isLeft) ask(app, wait.question);
    });
  });
  return {
    waiting,
    async ask(question) {
      if (waiting.value) return;
      const wait: SampleWait = { question, firstVisit: library.sources.value.size === 0 };
      waiting.value = wait;
      try {
        const collection = await adding.openSamples();
        if (waiting.value === wait) waiting.value = { ...wait, collection };
      } catch (thrown) {
        waiting.value = undefined;
        throw thrown;
      }
    },
  };
}
