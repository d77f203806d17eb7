import { AppError } from '#core/errors/app-error.ts';
import type { DocumentId } from '#core/ids.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { SourceRecord } from '../store/source-record.ts';
import type { Library } from './library.ts';

/** What a person does to one source, short of removing or moving it. Errors: `not-found`. */
export type SourceActions = {
  get: (id: DocumentId) => Promise<SourceRecord>;
  /** Takes it off the queue. Passages of an earlier reading stay. */
  cancel: (id: DocumentId) => Promise<void>;
  /** Puts it at the end of the queue. Errors: `source/gone` where the original is not kept. */
  retry: (id: DocumentId) => Promise<void>;
  rename: (id: DocumentId, title: string) => Promise<void>;
  tag: (id: DocumentId, tags: readonly string[]) => Promise<void>;
};

const maxTitleCharacters = 300;

export function createSourceActions({ database, library, now }: { database: AlcoveDatabase; library: Library; now: () => number }): SourceActions {
  const { sources, originals } = database;

  const get: SourceActions['get'] = async (id) => {
    const record = await sources.get(id);
    if (record === undefined) throw new AppError('not-found', 'no such source');
    return record;
  };

  const change = async (id: DocumentId, apply: (record: SourceRecord) => void): Promise<void> => {
    await get(id);
    await sources.where('id').equals(id).modify(apply);
    await library.announce([id]);
  };

  return {
    get,
    cancel: async (id) => {
      const isSearchable = (await library.countOf(await get(id))) !== undefined;
      await change(id, (record) => {
        if (record.state === 'queued' || record.state === 'reading') record.state = isSearchable ? 'read' : 'cancelled';
      });
    },
    retry: async (id) => {
      const original = await originals.where('id').equals(id).count();
      if (original === 0) throw new AppError('source/gone', 'the original is not kept');
      await change(id, (record) => {
        if (record.state === 'reading') return;
        record.state = 'queued';
        record.attempts = 0;
        record.order = now() * 1000;
        delete record.error;
      });
    },
    rename: async (id, title) => {
      const trimmed = title.trim().slice(0, maxTitleCharacters);
      if (trimmed === '') throw new AppError('invalid-input', 'a title needs a character');
      await change(id, (record) => Object.assign(record, { title: trimmed, titleIsGiven: true }));
    },
    tag: async (id, tags) => {
      const cleaned = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
      await change(id, (record) => void (record.tags = cleaned));
    },
  };
}
