import { browserModels } from './catalogue/browser-models.ts';
import { hubEmbedders } from './catalogue/hub-embedders.ts';
import { hubGenerators } from './catalogue/hub-generators.ts';
import { hubRerankers } from './catalogue/hub-rerankers.ts';
import { ownExports } from './catalogue/own-exports.ts';
import type { ModelManifest } from './model-manifest.ts';

/** Every model this build knows without asking anyone. Models a server offers besides come from its `/models/manifest.json`. */
export const modelCatalogue: readonly ModelManifest[] = [...ownExports, ...hubEmbedders, ...hubRerankers, ...hubGenerators, ...browserModels];
