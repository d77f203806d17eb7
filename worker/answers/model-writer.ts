import { mayWrite } from '#core/generate/when-to-write.ts';
import { createModelGenerator } from '#core/generate/create-model-generator.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { detectLanguage } from '#core/language/detect-language.ts';
import { createTextModel } from '../models/create-text-model.ts';
import type { LinkedModel } from '../models/host/engine-models.ts';
import type { InService, ServedModelFacts } from '../models/host/in-service.ts';
import type { AnswerWriter } from './open-answers.ts';
import { writeAnswer, type Writer } from './write-answer.ts';

/** Tokens of an answer at most; a model too small to be trusted with so many is held to fewer by its generator. */
const maxTokens = 320;

/** Just after the start it is not known at once which models there are; a finished answer waits no longer for it than this. */
const knownWithinMs = 3_000;

export type ModelWriterDeps = { inService: () => InService; known: () => Promise<void>; linked: (facts: ServedModelFacts) => LinkedModel; embedder: Embedder };

/**
 * Lets the chosen generator write where the evidence is strong enough for a model of its size. One that is being started
 * is waited for; one that cannot be run is named as such.
 */
export function createModelWriter({ inService, known, linked, embedder }: ModelWriterDeps): AnswerWriter {
  return async ({ wanted, answer, question, readEarlier, signal }) => {
    if (wanted === 'quotes') return undefined;
    await Promise.race([known(), new Promise((resolve) => setTimeout(resolve, knownWithinMs))]);
    const { models, chosen, failed } = inService();
    if (!chosen.includes('generate')) return undefined;
    const facts = models.generate;
    const trust = facts?.manifest.generate?.trust;
    if (facts === undefined || trust === undefined) return failed.includes('generate') ? 'failed' : 'not-ready';
    if (wanted !== undefined && wanted !== facts.key) return 'not-ready';
    if (answer.verdict === 'not-found') return 'no-evidence';
    if (!mayWrite(answer.verdict, trust)) return 'too-small-for-this';
    const writer = toWriter(facts, linked(facts));
    const language = detectLanguage(question);
    return (async function* () {
      yield* writeAnswer({ writer, answer, question, language, embedder, earlier: await readEarlier(), signal });
    })();
  };
}

function toWriter({ manifest, profile }: ServedModelFacts, model: LinkedModel): Writer {
  const { generate, languages, title } = manifest;
  const generator = createModelGenerator({
    model: createTextModel(manifest, model),
    facts: generate!,
    ...(languages && { languages }),
    isSlow: profile.device === 'wasm',
  });
  return { generator, title, device: profile.device, maxTokens };
}
