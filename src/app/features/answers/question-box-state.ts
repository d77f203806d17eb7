import { signal, type Signal } from '@preact/signals';

/** The text of the question box and the questions asked in this tab, newest last. */
export type QuestionBox = {
  readonly text: Signal<string>;
  readonly asked: Signal<readonly string[]>;
  /** Counts up when the box should take the focus. */
  readonly focusRequests: Signal<number>;
  /** Puts a question into the box, to be changed and asked again. */
  edit(question: string): void;
};

export function createQuestionBox(): QuestionBox {
  const text = signal('');
  const focusRequests = signal(0);
  return {
    text,
    asked: signal([]),
    focusRequests,
    edit(question) {
      text.value = question;
      focusRequests.value += 1;
    },
  };
}
