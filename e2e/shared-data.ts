import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const shared = process.env['ALCOVE_SHARED'] ?? resolve(import.meta.dirname, '..', '..', 'shared');

/** Folder of real documents kept beside the project; not everyone has it. */
export const sharedDocuments = join(shared, 'documents');
export const hasSharedDocuments = existsSync(sharedDocuments);
/** Small documents of our own, always there. */
export const fixtures = resolve(import.meta.dirname, '..', 'src', 'core', 'parse', 'fixtures');
