import type { CorpusId } from '../ids.ts';
import type { DocumentInfo, SegmentRef } from '../segment/segment-manifest.ts';
import { countDeleted as countBits, isDeleted } from '../segment/tombstones.ts';
import type { CorpusHead } from '../store/corpus-store.ts';
import { findLastAtMost } from './find-last-at-most.ts';
import type { KeywordScope, KeywordSegment } from './keyword-search.ts';
import { documentAt, type LoadedSegment } from './loaded-segment.ts';
import type { SearchFilters } from './search-types.ts';
import type { VectorBank } from './vector-bank.ts';

/** A segment of the scope; its rows are `firstRow`... in the scope and `vectorRow`... in the vector index (-1: none). */
export type ScopeEntry = KeywordSegment & { corpus: CorpusId; segment: LoadedSegment; vectorRow: number };

/** What one search may see of one state of the corpora, with rows numbered from 0 over its segments. */
export type SearchScope = KeywordScope & {
  entries: readonly ScopeEntry[];
  /** Allowed rows in the vector index's numbers; absent when all it holds are. */
  allowVectors?: Uint8Array;
  documents: number;
  passagesByMeaning: number;
  languages: string[];
};

/** The scope of some corpora under filters. Segments that are not loaded are left out. */
export function createSearchScope(
  heads: readonly CorpusHead[], loaded: ReadonlyMap<string, LoadedSegment>, bank: VectorBank, filters: SearchFilters = {},
): SearchScope {
  const entries: ScopeEntry[] = [];
  const refs: SegmentRef[] = [];
  let rows = 0;
  for (const head of heads) {
    for (const ref of head.segments) {
      const segment = loaded.get(ref.id);
      if (segment === undefined) continue;
      entries.push({ corpus: head.corpus, segment, part: segment.part, firstRow: rows, vectorRow: bank.firstRowOf(ref.id) });
      refs.push(ref);
      rows += segment.rows;
    }
  }
  return countAllowed(entries, refs, rows, bank, createDocumentFilter(filters));
}

function countAllowed(
  entries: ScopeEntry[], refs: readonly SegmentRef[], rows: number, bank: VectorBank, isWanted: (document: DocumentInfo) => boolean,
): SearchScope {
  const allow = new Uint8Array((rows + 7) >> 3);
  const allowVectors = new Uint8Array((bank.index.size + 7) >> 3);
  const documents = new Set<string>();
  const languages = new Set<string>();
  let [allowedRows, allowedLength, passagesByMeaning] = [0, 0, 0];
  entries.forEach((entry, index) => {
    const { tombstones } = refs[index]!;
    for (const { document, firstRow, rows: count } of entry.segment.documents) {
      if (!isWanted(document)) continue;
      const before = allowedRows;
      for (let row = firstRow; row < firstRow + count; row++) {
        if (isDeleted(tombstones, row)) continue;
        setBit(allow, entry.firstRow + row);
        allowedRows++;
        allowedLength += entry.part.lengths[row]!;
        if (entry.vectorRow < 0) continue;
        setBit(allowVectors, entry.vectorRow + row);
        passagesByMeaning++;
      }
      if (allowedRows === before) continue;
      documents.add(`${entry.corpus}/${document.id}`);
      languages.add(document.language);
    }
  });
  return {
    segments: entries, entries, rows, allowedRows, allowedLength, passagesByMeaning,
    documents: documents.size, languages: [...languages].sort(),
    ...(allowedRows < rows && { allow }),
    ...(countBits(allowVectors) < bank.liveRows && { allowVectors }),
  };
}

function createDocumentFilter(filters: SearchFilters): (document: DocumentInfo) => boolean {
  const ids = filters.documents && new Set(filters.documents);
  const types = filters.types && new Set(filters.types);
  const { addedFrom, addedTo } = filters;
  return ({ id, type, addedAt }) => {
    const day = addedAt.slice(0, 10);
    return (
      (ids?.has(id) ?? true) && (types?.has(type) ?? true) &&
      (addedFrom === undefined || day >= addedFrom.slice(0, 10)) && (addedTo === undefined || day <= addedTo.slice(0, 10))
    );
  };
}

/** The entry a row of the scope lies in, and the row's number within its segment. */
export function placeOf(scope: SearchScope, row: number): { entry: ScopeEntry; row: number } {
  const entry = scope.entries[findLastAtMost(scope.entries, row, (item) => item.firstRow)]!;
  return { entry, row: row - entry.firstRow };
}

/** Orders equal scores by corpus, document and place in it, which no merge of segments changes. */
export function compareRows(scope: SearchScope, a: number, b: number): number {
  const [first, second] = [placeOf(scope, a), placeOf(scope, b)];
  const [left, right] = [documentAt(first.entry.segment, first.row), documentAt(second.entry.segment, second.row)];
  return (
    compareText(first.entry.corpus, second.entry.corpus) || compareText(left.document.id, right.document.id) ||
    left.ordinal - right.ordinal || a - b
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3]! |= 1 << (at & 7);
}
