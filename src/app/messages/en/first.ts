/** Texts of the first visit. Keys begin with `first.`. */
export const first = {
  'first.tagline': 'Ask your documents. Nothing leaves this device.',
  'first.lede': 'Drop PDF, Word, HTML, Markdown or text files here, ask in your own words, and check every claim in the original.',
  'first.drop': 'Drop files or a folder anywhere on this page, or',
  'first.add-here': '{collection} is empty. Add its first documents, then ask in your own words.',
  'first.recent': 'Recent conversations',
  'first.no-documents': 'No documents at hand?',
  'first.try': 'Try the sample library',
  'first.questions': 'Questions that the sample library answers',
  'first.opening-samples': 'Opening the sample library; your question is asked next: {question}',
  'first.reading-samples': 'Reading the sample library, {done} of {total}; your question is asked next: {question}',
  'first.privacy': 'No account, no upload. After this first visit it works in flight mode, and from then on every request is listed in the {ledger}.',
  'first.ledger': 'privacy ledger',
  'first.ask-collection': 'Ask in your own words. Answers are quoted from {collection}, and every quote opens at its place in the original.',
  'first.ask-all': 'Ask in your own words. Answers are quoted from your sources, and every quote opens at its place in the original.',
} as const;
