import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const shared = process.env['ALCOVE_SHARED'] ?? resolve(import.meta.dirname, '..', '..', 'shared');

/** Folder of real documents kept beside the project; not everyone has it. */
export const sharedDocuments = join(shared, 'documents');
export const hasSharedDocuments = existsSync(sharedDocuments);
/** Small documents of our own, always there. */
export const fixtures = resolve(import.meta.dirname, '..', 'src', 'core', 'parse', 'fixtures');
/** Models in hub layout, kept beside the project; not everyone has them. */
export const sharedModels = join(shared, 'models');
export const hasSharedModels = existsSync(join(sharedModels, 'Xenova', 'all-MiniLM-L6-v2')) && existsSync(join(sharedModels, 'HuggingFaceTB', 'SmolLM2-135M-Instruct'));
/** The tiny models of the repository, which run for real and mean nothing. */
export const tinyModels = resolve(import.meta.dirname, '..', 'fixtures', 'models');
