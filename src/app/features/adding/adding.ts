import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Collection, EngineApi, NewFile, Source } from '#core/engine/engine-api.ts';
import type { CorpusId } from '#core/ids.ts';
import { t } from '../../messages/t.ts';
import type { Announcer } from '../../model/announcer.ts';
import type { Library } from '../../model/library.ts';
import { undoLifeMs, type Notices } from '../../model/notices.ts';
import type { Router } from '../../router/router.ts';
import { formatDay } from '../../ui/format.ts';
import { readSampleFiles, readSampleIndex, type SampleQuestion } from './sample-library.ts';

/** Bringing documents in, by whatever way they come. */
export type Adding = {
  /** The collection that new documents go to; undefined when it will be made with the first of them. */
  target(): Collection | undefined;
  /** Its name, also before it exists. */
  targetName(): string;
  addFiles: (files: NewFile[]) => Promise<void>;
  addText(title: string, text: string): Promise<void>;
  /** Whether the form for pasted text is open. */
  readonly pasting: Signal<boolean>;
  readonly sampleQuestions: ReadonlySignal<readonly SampleQuestion[]>;
  loadSampleQuestions(): Promise<void>;
  /** Adds the sample library where it is not yet, shows it, and gives its collection. */
  openSamples(): Promise<CorpusId>;
};

type Parts = { engine: EngineApi; library: Library; router: Router; announcer: Announcer; notices: Notices; scope(): CorpusId | undefined };

/** The one place that adds to the engine. Every method may reject with an `AppError`. */
export function createAdding({ engine, library, router, announcer, notices, scope }: Parts): Adding {
  const pasting = signal(false);
  const sampleQuestions = signal<readonly SampleQuestion[]>([]);

  const target = () => {
    const all = library.collections.value;
    const chosen = scope();
    return all.find((one) => one.id === chosen) ?? all.find((one) => one.name !== t('adding.sample-collection'));
  };
  const ensureTarget = async () => target()?.id ?? (await engine.createCollection(t('adding.first-collection'))).id;

  const settle = (rows: Source[], collection: CorpusId) => {
    library.apply({ kind: 'sources', sources: rows.filter((row) => !library.sources.value.has(row.id)) });
    const twice = rows.filter((row) => row.duplicateOf);
    if (twice.length < rows.length) announcer.say(t('adding.added', { count: rows.length - twice.length }));
    if (twice.length > 0) notices.show({ kind: 'status', text: duplicateWords(twice), key: 'duplicates', action: { label: t('library.duplicate-show'), run: () => showRow(twice[0]) } }, undoLifeMs);
    if (router.route.value.page === 'home' && library.collections.value.length > 1) router.navigate({ page: 'collection', collection });
  };

  const showRow = (row: Source | undefined) => {
    const here = row && library.sources.value.get(row.id);
    if (here) router.navigate({ page: 'source', collection: here.collection, source: here.id }, { place: router.place.value });
  };

  const addSamples = async () => {
    const index = await readSampleIndex();
    const files = await readSampleFiles(index);
    const empty = library.collections.value.find((one) => one.name === t('adding.sample-collection'));
    const { id } = empty ?? (await engine.createCollection(t('adding.sample-collection')));
    const rows = await engine.addFiles(files, id);
    library.apply({ kind: 'sources', sources: rows.filter((row) => !library.sources.value.has(row.id)) });
    return id;
  };

  let addingSamples: Promise<CorpusId> | undefined;

  return {
    target,
    targetName: () => target()?.name ?? t('adding.first-collection'),
    pasting,
    sampleQuestions,
    async addFiles(files) {
      if (files.length === 0) return;
      const collection = await ensureTarget();
      settle(await engine.addFiles(files, collection), collection);
    },
    async addText(title, text) {
      const collection = await ensureTarget();
      settle([await engine.addText(title, text, collection)], collection);
    },
    async loadSampleQuestions() {
      if (sampleQuestions.value.length === 0) sampleQuestions.value = (await readSampleIndex()).questions.slice(0, 4);
    },
    async openSamples() {
      const known = library.collections.value.find((one) => one.name === t('adding.sample-collection') && one.sources > 0);
      addingSamples ??= known ? Promise.resolve(known.id) : addSamples();
      try {
        const collection = await addingSamples;
        router.navigate({ page: 'collection', collection });
        return collection;
      } finally {
        addingSamples = undefined;
      }
    },
  };
}

const duplicatesNamed = 3;

/** "Already here as lease, added on 3 May.", for the first few of them. */
function duplicateWords(rows: readonly Source[]): string {
  const named = rows.slice(0, duplicatesNamed).flatMap(({ duplicateOf }) => (duplicateOf ? [t('library.duplicate', { title: duplicateOf.title, day: formatDay(duplicateOf.addedAt) })] : []));
  const more = rows.length - named.length;
  return [...named, ...(more > 0 ? [t('library.duplicates-more', { count: more })] : [])].join(' ');
}
