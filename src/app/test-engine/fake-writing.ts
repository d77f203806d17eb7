import type { Answer, AnswerEvent, AnswerSentence } from '#core/answer/answer-types.ts';
import type { ModelState } from '#core/models/model-state.ts';

/**
 * What a fake model writes to an answer that quotes something: a right sentence, one that is partly right, one that is
 * invented. Questions can make it break off (`break off`) or refuse (`refuse`).
 */
export function fakeWriting(answer: Answer, writer: ModelState, question: string): AnswerEvent[] {
  const [first] = answer.citations;
  if (!first || /refuse/i.test(question)) return [{ kind: 'done', answer: { ...answer, notWritten: 'too-small-for-this' } }];
  const breaksOff = /break off/i.test(question);
  const doubtful = { ...first, number: answer.citations.length + 1, verification: 'partly' as const, end: first.start + Math.ceil(first.quote.length / 2), quote: first.quote.slice(0, Math.ceil(first.quote.length / 2)) };
  const sentences: AnswerSentence[] = [
    { text: `According to the document, ${first.quote.charAt(0).toLowerCase()}${first.quote.slice(1)}`, verification: 'verified', citations: [first.number] },
    { text: 'This has to be done within nine working days.', verification: 'partly', citations: [doubtful.number], doubt: 'number' },
    { text: 'Most landlords lend a mobile cooler for that time.', verification: 'unsupported', citations: [], doubt: 'nothing-near', startsParagraph: true },
  ];
  const citations = [...answer.citations, doubtful];
  const events: AnswerEvent[] = [{ kind: 'writing', generator: writer.key, title: writer.title }];
  const whole = breaksOff ? sentences.slice(0, 1) : sentences;
  for (const sentence of whole) {
    const words = sentence.text.split(' ');
    for (let count = 1; count < words.length; count += 1) events.push({ kind: 'written', citations: [], rest: words.slice(0, count).join(' ') });
    events.push({ kind: 'written', sentence, citations: sentence.citations.includes(doubtful.number) ? [doubtful] : [], rest: '' });
  }
  const written = { generator: writer.key, title: writer.title, ...(breaksOff ? { state: 'failed' as const, error: { code: 'device-lost' as const, message: 'made to fail' } } : { state: 'done' as const }), sentences: whole, repaired: 0, tokens: 41, tokensPerSecond: 27.4, firstTokenMs: 1_900, device: 'on the processor, 2 threads' };
  return [...events, { kind: 'done', answer: { ...answer, citations, written } }];
}
