import type { Source } from '#core/engine/engine-api.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import { isSearchable } from '../../model/library.ts';
import { formatBytes, formatPercent } from '../../ui/format.ts';

const typeNames: Record<NonNullable<Source['type']>, MessageKey> = {
  pdf: 'library.type-pdf', docx: 'library.type-docx', pptx: 'library.type-pptx', xlsx: 'library.type-xlsx',
  epub: 'library.type-epub', html: 'library.type-html', markdown: 'library.type-markdown', text: 'library.type-text',
  csv: 'library.type-csv', json: 'library.type-json', code: 'library.type-code',
};

/** "PDF", "Word", or nothing while the type is not known. */
export function typeWords(source: Source): string | undefined {
  return source.type && t(typeNames[source.type]);
}

/** Whether a source is a PDF, told by its name until it has been looked into. */
export function isPdf({ type, path }: Source): boolean {
  return type === undefined ? /\.pdf$/i.test(path) : type === 'pdf';
}

/** Whether a source is read page by page. */
function hasPages(source: Source): boolean {
  return isPdf(source) || source.type === 'pptx' || /\.pptx$/i.test(source.path) || source.coverage !== undefined;
}

/** What is going on with a source, in words; also part of its row's accessible name. */
export function statusWords(source: Source): string {
  const { state, progress } = source;
  switch (state) {
    case 'queued': return t('library.queued');
    case 'paused': return t('library.paused');
    case 'reading':
      if (!progress || progress.total <= 1) return t('library.reading');
      return hasPages(source)
        ? t('library.reading-page', { done: progress.done, total: progress.total })
        : t('library.reading-part', { percent: formatPercent(progress.done / progress.total) });
    case 'searchable-by-keyword':
      return progress && progress.total > 0
        ? t('library.keyword-and-meaning', { percent: formatPercent(progress.done / progress.total) })
        : t('library.keyword');
    case 'ready': return t('library.ready');
    case 'failed': return t('library.failed');
    case 'cancelled': return t('library.cancelled');
  }
}

/** "6 sources", or "2 of 6 sources" where some cannot be searched: still to be read, or failed. */
export function countWords(sources: readonly Source[]): string {
  const searchable = sources.filter(isSearchable).length;
  const all = t('answers.sources', { count: sources.length });
  return searchable === sources.length ? all : t('answers.scope-part', { searchable, sources: all });
}

/** Pages where there are pages, else the size. */
export function sizeWords(source: Source): string {
  const pages = source.coverage?.pages ?? 0;
  return pages > 0 ? t('library.pages', { count: pages }) : formatBytes(source.bytes);
}

/** Which pages gave no text, said only where some did not. */
export function coverageWords(source: Source): string | undefined {
  const { coverage } = source;
  if (!coverage || coverage.unreadPages.length === 0) return undefined;
  const unread = coverage.unreadPages.length;
  return t('library.coverage', { read: coverage.pages - unread, pages: coverage.pages, count: unread });
}

/** The share done of a source under way, 0..1. */
export function progressShare(source: Source): number | undefined {
  const { progress, state } = source;
  if (!progress || progress.total <= 0 || (state !== 'reading' && state !== 'searchable-by-keyword')) return undefined;
  return Math.min(1, progress.done / progress.total);
}
