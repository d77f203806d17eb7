import type { SearchResult } from '../search/search-types.ts';
import type { WireError } from '../errors/app-error.ts';
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

/** `isCode`: `text` is code, whose line breaks and indents count. */
export type AnswerSentence = {
  text: string;
  verification: Verification;
  citations: number[];
  isCode?: boolean;
  /** Written answers: what kept the sentence from being verified. */
  doubt?: Doubt;
  /** Written answers: the model named another passage than the one that supports the sentence. */
  isRepaired?: true;
  /** Written answers: the sentence begins a new paragraph. */
  startsParagraph?: boolean;
};

/** Why a written sentence is not verified: what it says that its best span does not, or that no span comes near it. */
export type Doubt = 'number' | 'name' | 'date' | 'negation' | 'other-words' | 'nothing-near';

/** `answered`: evidence is strong; `weak`: passages are shown with that label; `not-found`: nothing here answers it. */
export type AnswerVerdict = 'answered' | 'weak' | 'not-found';

/**
 * The figures a verdict was made of. `value` below `weakFrom` is not-found, from `answeredFrom` on answered, between them
 * weak; thresholds are those of a collection of this size. `meaning`: evidence, meaning and words together; `words`: the
 * words alone, where the model does not know the language.
 */
export type Judgement = {
  value: number;
  weakFrom: number;
  answeredFrom: number;
  rule: 'meaning' | 'words';
  /**
   * What decided instead of the value: `names-only`: nothing but the question's names was found; `other-year`: what comes
   * closest tells of another year, or is a row of another day; `whole-question`: one sentence has nearly all of the
   * question's words; `part-of-table`: the largest or last is asked for, and only some rows of a table were compared;
   * `focus-missing`: nothing found speaks of what a question for yes or no turns on; `close-sentence`: a neural model finds a
   * sentence close to the question, though few of its words were found.
   */
  decidedBy?: 'names-only' | 'other-year' | 'whole-question' | 'part-of-table' | 'focus-missing' | 'close-sentence';
};

/**
 * What a model wrote, sentence by sentence with what was found for each in the passages. Its citations are among those of
 * the `Answer` that it belongs to.
 */
export type WrittenAnswer = {
  /** The model's key, and its name for people. */
  generator: string;
  title: string;
  state: 'done' | 'stopped' | 'failed';
  sentences: AnswerSentence[];
  /** Numbers of citations that the model gave wrongly and that were put right. */
  repaired: number;
  tokens: number;
  tokensPerSecond: number;
  firstTokenMs: number;
  device: string;
  error?: WireError;
};

/** Why a chosen model wrote nothing. */
export type NotWritten = 'no-evidence' | 'not-ready' | 'too-small-for-this' | 'nothing-said' | 'failed';

export type Answer = {
  verdict: AnswerVerdict;
  /** Absent in answers of earlier versions and where nothing was found to judge. */
  judgement?: Judgement;
  generator: string;
  sentences: AnswerSentence[];
  citations: Citation[];
  /** Closest passages as citations; shown when the verdict is `weak` or `not-found`. */
  closest: Citation[];
  search: SearchResult;
  /** Set where a model wrote an answer besides the quotes. */
  written?: WrittenAnswer;
  /** Set where a model was chosen and wrote nothing. */
  notWritten?: NotWritten;
};

/**
 * What an answer being made sends, in order: `search` once, `sentence` any number of times (the quotes), then, where a
 * model writes, `writing` once and any number of `written`, then `done`. `rest` is what the model has begun since the last
 * whole sentence, not checked yet; it replaces the `rest` before.
 */
export type AnswerEvent =
  | { kind: 'search'; result: SearchResult; verdict: AnswerVerdict; judgement?: Judgement; rewritten?: string }
  | { kind: 'sentence'; sentence: AnswerSentence; citations: Citation[] }
  | { kind: 'writing'; generator: string; title: string }
  | { kind: 'written'; sentence?: AnswerSentence; citations: Citation[]; rest: string }
  | { kind: 'done'; answer: Answer };
