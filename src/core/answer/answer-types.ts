import type { SearchResult } from '../search/search-types.ts';
import type { CorpusId, DocumentId } from '../ids.ts';

export type Verification = 'verified' | 'partly' | 'unsupported';

/** A span of a document that supports a sentence. `start` and `end` are UTF-16 offsets into the document's text. */
export type Citation = {
  /** 1-based number shown in the chip; equal spans share one number. */
  number: number;
  corpus: CorpusId;
  document: DocumentId;
  title: string;
  page?: number;
  start: number;
  end: number;
  /** The document's text from `start` to `end`, exactly. */
  quote: string;
  verification: Verification;
};

export type AnswerSentence = { text: string; verification: Verification; citations: number[] };

/** `answered`: evidence is strong; `weak`: passages are shown with that label; `not-found`: nothing here answers it. */
export type AnswerVerdict = 'answered' | 'weak' | 'not-found';

export type Answer = {
  verdict: AnswerVerdict;
  generator: string;
  sentences: AnswerSentence[];
  citations: Citation[];
  /** Closest passages as citations; shown when the verdict is `weak` or `not-found`. */
  closest: Citation[];
  search: SearchResult;
};

/** What an answer being made sends, in order: `search` once, `sentence` any number of times, then `done`. */
export type AnswerEvent =
  | { kind: 'search'; result: SearchResult; verdict: AnswerVerdict; rewritten?: string }
  | { kind: 'sentence'; sentence: AnswerSentence; citations: Citation[] }
  | { kind: 'done'; answer: Answer };
