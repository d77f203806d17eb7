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

/** `rerank` false: leave the order of the fusion even where a reranker is at hand and fast enough. */
export type SearchRequest = { question: string; corpora: CorpusId[]; k: number; filters?: SearchFilters; rerank?: boolean };

/**
 * A passage with the scores that ranked it. `keyword` is bm25 / bound in 0..1, `meaning` the cosine, `fused` their blend;
 * `rerank` is the reranker's raw logit where it put this passage in its place.
 */
export type RankedPassage = {
  corpus: CorpusId;
  segment: SegmentId;
  row: number;
  passage: Passage;
  document: DocumentInfo;
  keyword: number;
  meaning: number;
  fused: number;
  rerank?: number;
};

/** A model that took part in a search. `device` is missing for the bundled table, which needs none. */
export type UsedModel = { model: string; dtype?: string; device?: string };

/**
 * Why the chosen model for meaning took no part: its vectors are not complete for what was searched, it took longer than a
 * question may wait, or it failed.
 */
export type NeuralFallback = 'incomplete' | 'too-slow' | 'failed';

export type StageName = 'analyze' | 'embed' | 'keyword' | 'vectors' | 'fuse' | 'rerank' | 'read' | 'answer';
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
  /** What compared passages by meaning; absent in results of earlier versions and where only keywords were compared. */
  meaningModel?: UsedModel;
  /** Set where a neural model is chosen and another, or none, compared. */
  neuralFallback?: NeuralFallback;
  /** Set where a reranker put the first passages in order. */
  rerankModel?: UsedModel;
  /** True when the answer came from the query cache. */
  cached: boolean;
};
