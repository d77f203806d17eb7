import { adding } from './adding.ts';
import { answers } from './answers.ts';
import { errors } from './errors.ts';
import { first } from './first.ts';
import { library } from './library.ts';
import { models } from './models.ts';
import { pages } from './pages.ts';
import { shell } from './shell.ts';
import { source } from './source.ts';
import { written } from './written.ts';

/** All English texts; a file per feature, keys prefixed with the feature's name. */
export const english = { ...shell, ...library, ...adding, ...first, ...answers, ...written, ...models, ...pages, ...errors, ...source };
