import type { Canary } from '../segment/profile.ts';
import { integerAt, listAt, numberAt, objectAt, oneOf, refuse, textAt } from './checked-json.ts';
import type { EmbedFacts, GenerateFacts, RerankFacts } from './model-manifest.ts';
import { checkModelPath } from './model-path.ts';

const mostCanaries = 64;
const mostCanaryText = 8_000;

/** Facts of an embedder: vectors of canaries are finite and of `dims` numbers. */
export function checkEmbedFacts(json: unknown, where: string): EmbedFacts {
  const fields = objectAt(json, where);
  const dims = integerAt(fields['dims'], `${where}.dims`, 1, 8_192);
  const facts: EmbedFacts = {
    pooling: oneOf(fields['pooling'], `${where}.pooling`, ['mean', 'cls', 'weighted-mean']),
    queryPrefix: textAt(fields['queryPrefix'], `${where}.queryPrefix`, 1_000),
    passagePrefix: textAt(fields['passagePrefix'], `${where}.passagePrefix`, 1_000),
    dims,
    maxTokens: integerAt(fields['maxTokens'], `${where}.maxTokens`, 8, 1e6),
    keywordWeight: numberAt(fields['keywordWeight'], `${where}.keywordWeight`, 0, 1),
    canaries: listAt(fields['canaries'], `${where}.canaries`, mostCanaries, (item, at) => checkCanary(item, at, dims)),
  };
  if (fields['keywordWeightElsewhere'] !== undefined) facts.keywordWeightElsewhere = numberAt(fields['keywordWeightElsewhere'], `${where}.keywordWeightElsewhere`, 0, 1);
  if (fields['meaningScale'] !== undefined) facts.meaningScale = checkScale(fields['meaningScale'], `${where}.meaningScale`);
  return facts;
}

function checkCanary(json: unknown, where: string, dims: number): Canary {
  const fields = objectAt(json, where);
  const vector = listAt(fields['vector'], `${where}.vector`, dims, (item, at) => numberAt(item, at, -1.001, 1.001));
  if (vector.length !== dims) refuse(`${where}.vector`, `must hold ${dims} numbers`);
  return { text: textAt(fields['text'], `${where}.text`, mostCanaryText), vector };
}

function checkScale(json: unknown, where: string): { zero: number; one: number } {
  const fields = objectAt(json, where);
  const zero = numberAt(fields['zero'], `${where}.zero`, -1, 1);
  const one = numberAt(fields['one'], `${where}.one`, -1, 1);
  if (one <= zero) refuse(where, 'must rise from zero to one');
  return { zero, one };
}

export function checkRerankFacts(json: unknown, where: string): RerankFacts {
  const fields = objectAt(json, where);
  return {
    maxTokens: integerAt(fields['maxTokens'], `${where}.maxTokens`, 8, 1e6),
    canaries: listAt(fields['canaries'], `${where}.canaries`, mostCanaries, (item, at) => {
      const canary = objectAt(item, at);
      return {
        query: textAt(canary['query'], `${at}.query`, mostCanaryText),
        passage: textAt(canary['passage'], `${at}.passage`, mostCanaryText),
        logit: numberAt(canary['logit'], `${at}.logit`, -1e4, 1e4),
      };
    }),
  };
}

export function checkGenerateFacts(json: unknown, where: string): GenerateFacts {
  const fields = objectAt(json, where);
  const facts: GenerateFacts = {
    contextTokens: integerAt(fields['contextTokens'], `${where}.contextTokens`, 16, 1e8),
    promptForm: oneOf(fields['promptForm'], `${where}.promptForm`, ['chat-rules', 'given-citation']),
    trust: oneOf(fields['trust'], `${where}.trust`, ['toy', 'small', 'able']),
    canaries: listAt(fields['canaries'], `${where}.canaries`, mostCanaries, (item, at) => {
      const canary = objectAt(item, at);
      return { prompt: textAt(canary['prompt'], `${at}.prompt`, mostCanaryText), text: textAt(canary['text'], `${at}.text`, mostCanaryText) };
    }),
  };
  if (fields['library'] !== undefined) {
    const library = objectAt(fields['library'], `${where}.library`);
    facts.library = { path: checkModelPath(library['path'], `${where}.library.path`), modelId: textAt(library['modelId'], `${where}.library.modelId`, 200) };
  }
  return facts;
}
