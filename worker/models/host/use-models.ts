import type { SentenceMeasure } from '#core/answer/measure-sentences.ts';
import { createSecondLook } from '#core/answer/second-look.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import type { ModelsState } from '#core/engine/engine-api.ts';
import type { Reranker } from '#core/rerank/reranker.ts';
import { createModelReranker } from '../create-model-reranker.ts';
import { createNeuralEmbedder } from '../create-neural-embedder.ts';
import type { EngineModels } from './engine-models.ts';
import { nothingInService, type InService, type ServedModelFacts } from './in-service.ts';

export type UseModelsDeps = {
  models: EngineModels;
  /** The bundled embedder, which counts tokens for all. */
  embedder: Embedder;
  chunker: string;
  setNeural: (embedder: Embedder | undefined) => Promise<void>;
  releaseNeural: () => Promise<void>;
  setReranker: (reranker: Reranker | undefined) => void;
  onState: (state: ModelsState) => void;
  onTrouble: (thrown: unknown) => void;
};

export type UsedModels = {
  readonly inService: InService;
  /** Compares sentences by the model in service, where there is one. */
  readonly secondLook: SentenceMeasure | undefined;
  /**
   * Waits for an embedder that is being started, or for one that was too slow with a question just now. Resolves with whether
   * searching again may find more.
   */
  awaitNeural: (question: string, wasTooSlow: boolean, signal: AbortSignal) => Promise<boolean>;
  begin: () => void;
};

/** An embedder is loaded in seconds; one that takes longer is not waited for. */
const startsWithinMs = 10_000;
const lookEveryMs = 50;
/** Just after the start it is not known at once which models there are. */
const knownWithinMs = 3_000;

/** What this engine makes of the models in service: search and ingest get theirs whenever those change, one change after the other. */
export function useModels(deps: UseModelsDeps): UsedModels {
  let inService = nothingInService;
  let embedder: Embedder | undefined;
  let secondLook: SentenceMeasure | undefined;
  let [neural, reranker] = ['', ''];
  let wantedNeural = false;
  let changes: Promise<void> = Promise.resolve();

  const change = async (next: InService): Promise<void> => {
    const { embed, rerank } = next.models;
    if (nameOf(embed) !== neural) {
      neural = nameOf(embed);
      embedder = embed && toEmbedder(embed, deps);
      secondLook = embedder && createSecondLook(embedder);
      await deps.setNeural(embedder);
    }
    const wantsNeural = next.chosen.includes('embed');
    if (wantedNeural && !wantsNeural) await deps.releaseNeural();
    wantedNeural = wantsNeural;
    if (nameOf(rerank) === reranker) return;
    reranker = nameOf(rerank);
    deps.setReranker(rerank && createModelReranker({ manifest: rerank.manifest, model: deps.models.linked(rerank) }));
  };

  const follow = async (earlier: Promise<void>, next: InService): Promise<void> => {
    await earlier;
    try {
      await change(next);
    } catch (thrown) {
      deps.onTrouble(thrown);
    }
  };

  const begin = (): void =>
    deps.models.listen({
      onState: deps.onState,
      onTrouble: deps.onTrouble,
      onInService: (next) => {
        inService = next;
        changes = follow(changes, next);
      },
    });

  return {
    get inService() {
      return inService;
    },
    get secondLook() {
      return secondLook;
    },
    awaitNeural: async (question, wasTooSlow, signal) => {
      if (wasTooSlow && embedder !== undefined) {
        const vector = embedder.embedQuery(question, AbortSignal.any([signal, AbortSignal.timeout(startsWithinMs)]));
        return vector.then(() => true, () => false);
      }
      const until = Date.now() + startsWithinMs;
      await Promise.race([deps.models.known(), new Promise((resolve) => setTimeout(resolve, knownWithinMs))]);
      const isExpected = (): boolean => embedder === undefined && (inService.starting.includes('embed') || inService.models.embed !== undefined);
      if (!isExpected()) return false;
      while (isExpected() && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
        signal.throwIfAborted();
      }
      await changes;
      return embedder !== undefined;
    },
    begin,
  };
}

function toEmbedder(facts: ServedModelFacts, { models, embedder, chunker }: UseModelsDeps): Embedder {
  const { manifest, profile } = facts;
  return createNeuralEmbedder({ manifest, dtype: profile.dtype, chunker, model: models.linked(facts), countTokens: (text) => embedder.countTokens(text) });
}

/** Equal for the same model running the same way. */
function nameOf(facts: ServedModelFacts | undefined): string {
  return facts === undefined ? '' : JSON.stringify([facts.key, facts.profile, facts.speed]);
}
