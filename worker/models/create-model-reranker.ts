import { AppError } from '#core/errors/app-error.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { Reranker } from '#core/rerank/reranker.ts';
import type { SupervisedModel } from './supervisor/supervised-model.ts';

/** The `Reranker` port over a supervised model. A person waits for its scores: they go before other calls. Errors besides the port's: those of `SupervisedModel`. */
export function createModelReranker({ manifest, model }: { manifest: ModelManifest; model: Pick<SupervisedModel, 'call' | 'state'> }): Reranker {
  return {
    model: manifest.id,
    async score(query, passages, signal) {
      if (signal?.aborted === true) throw new AppError('aborted', 'scoring was called off');
      return passages.length === 0 ? new Float32Array() : model.call('score', [query, passages], { signal, isUrgent: true });
    },
    /** 0 while it does not run: then it is slower than any bound. */
    get pairsPerSecond() {
      return model.state.phase === 'ready' ? model.state.speed : 0;
    },
  };
}
