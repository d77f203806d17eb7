import type { Passage } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';
import type { CorpusId, DocumentId, SegmentId } from '../ids.ts';
import type { DocumentInfo } from '../segment/segment-manifest.ts';

/** What may be searched. Absent fields do not filter. Dates are ISO 8601 days, both inclusive, of `addedAt`. */
export type SearchFilters = {
  documents?: DocumentId[];
  types?: SourceType[];
  addedFrom?: string;
  addedTo?: string;
};

export type SearchRequest = { question: string; corpora: CorpusId[]; k: number; filters?: SearchFilters };

/** A passage with the scores that ranked it. `keyword` is bm25 / bound in 0..1, `meaning` the cosine, `fused` their blend. */
export type RankedPassage = {
  corpus: CorpusId;
  segment: SegmentId;
  row: number;
  passage: Passage;
  document: DocumentInfo;
  keyword: number;
  meaning: number;
  fused: number;
};

export type StageName = 'analyze' | 'embed' | 'keyword' | 'vectors' | 'fuse' | 'read' | 'answer';
export type StageTiming = { stage: StageName; ms: number };

/** How much of the scope a search could see at the moment it ran. */
export type SearchCoverage = {
  documents: number;
  passages: number;
  /** Passages that had a vector of the active profile. */
  passagesByMeaning: number;
  /** Sources of the scope still being read; filled in by the engine, which knows its jobs. */
  sourcesPending: number;
};

/** How much the search alone says for an answer, and what it was computed from (`computeEvidence`). */
export type Evidence = { value: number; covered: number; seen: number; unseen: number; cosine: number };

/**
 * One distinct word of the question: the index terms it stands for (one for each language of the searched corpora) and its
 * idf over them. Words in no passage are included.
 */
export type QuestionTerm = { terms: string[]; idf: number };

export type SearchResult = {
  passages: RankedPassage[];
  evidence: Evidence;
  /** What sentences are ranked by in an extractive answer. Where absent, each term of the question counts alike. */
  questionTerms?: QuestionTerm[];
  coverage: SearchCoverage;
  timings: StageTiming[];
  /** True when the answer came from the query cache. */
  cached: boolean;
};
