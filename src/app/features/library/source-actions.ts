import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId } from '#core/ids.ts';
import type { App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { undoLifeMs } from '../../model/notices.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Removes sources at once and offers the way back. */
export async function removeSources({ engine, notices, fail }: App, sources: readonly Source[]): Promise<void> {
  const ids = sources.map(({ id }) => id);
  try {
    await engine.removeSources(ids);
  } catch (thrown) {
    return fail(thrown);
  }
  notices.show({
    kind: 'status',
    text: t('library.removed', { count: ids.length, title: sources[0]?.title ?? '' }),
    action: { label: t('library.undo'), run: () => { engine.undoRemove(ids).catch(fail); } },
  }, undoLifeMs);
}

/** Moves sources to a collection and offers the way back where they came from one. */
export async function moveSources({ engine, notices, fail }: App, sources: readonly Source[], to: CorpusId, name: string): Promise<void> {
  const moving = sources.filter((source) => source.collection !== to);
  const ids = moving.map(({ id }) => id);
  const from = moving[0]?.collection;
  if (!from) return;
  try {
    await engine.moveSources(ids, to);
  } catch (thrown) {
    return fail(thrown);
  }
  const isOneOrigin = moving.every((source) => source.collection === from);
  const back = { label: t('library.undo'), run: () => { engine.moveSources(ids, from).catch(fail); } };
  notices.show({ kind: 'status', text: t('library.moved', { count: ids.length, collection: name }), ...(isOneOrigin && { action: back }) }, undoLifeMs);
}

/** Hands out the original as it was dropped, where it is kept. */
export async function downloadOriginal({ engine, notices, fail }: App, source: Source): Promise<void> {
  try {
    const original = await engine.readOriginal(source.id);
    if (original) saveFile(original, source.path.split('/').at(-1) ?? source.title);
    else notices.show({ kind: 'alert', text: t('library.download-gone', { title: source.title }) });
  } catch (thrown) {
    fail(thrown);
  }
}
