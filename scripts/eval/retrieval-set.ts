import type { Relevance } from './ranking-metrics.ts';

export type EvalDocument = { id: string; title: string; text: string };
export type EvalQuery = { id: string; text: string };

/** Documents, questions, and which documents answer which question. Questions without a relevant document are not asked. */
export type RetrievalSet = {
  name: string;
  documents: EvalDocument[];
  queries: EvalQuery[];
  relevance: ReadonlyMap<string, Relevance>;
};
