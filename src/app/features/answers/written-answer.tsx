import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { AnswerSentence, Citation, NotWritten } from '#core/answer/answer-types.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { TurnView, WrittenView } from '../../model/turn-view.ts';
import { Link } from '../../router/link.tsx';
import { CopyCode } from '../../ui/copy-code.tsx';
import { errorText } from '../../ui/error-text.ts';
import { doubtWords } from './answer-words.ts';
import { CitationChip } from './citation-link.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import { trustOf } from './writers.ts';
import './written-answer.css';

/** Keeps a chip on the line of the word before it. */
const wordJoiner = '\u2060';

/** Whether a model has written to an answer, or is about to: then the quotes stand below as evidence. */
export function isForWriting({ written, notWritten, expected, verdict, state }: TurnView): boolean {
  if (written !== undefined) return true;
  if (notWritten !== undefined || expected === undefined || verdict === undefined || verdict === 'not-found' || state === 'failed') return false;
  // The smallest models are not asked on weak evidence.
  return verdict === 'answered' || expected.trust !== 'toy';
}

/**
 * The place of the written answer, above the quotes. Where a model is expected it is there before the first quote, with
 * room for what such a model writes, so that nothing moves when the text comes.
 */
export function WrittenAnswer({ turn }: { turn: TurnView }) {
  const app = useApp();
  const place = useRef<HTMLDivElement>(null);
  const { written, expected } = turn;
  const isWriting = turn.state === 'streaming';
  useKeptPlace(place, isWriting);
  const trust = written ? trustOf(app, written.generator) : expected?.trust;
  const room = expected ? ` ${expected.trust === 'toy' ? 'short' : 'long'}` : '';
  return (
    <>
      <div ref={place} class={`written-place${room}`} role="group" aria-label={t('written.region')}>
        {isWriting && !hasText(written) && <Reading turn={turn} />}
        {written && <Paragraphs turn={turn} written={written} />}
        {written && <WrittenEnd written={written} />}
      </div>
      {trust === 'toy' && <p class="trust">{t('written.trust-toy')}</p>}
    </>
  );
}

function hasText(written: WrittenView | undefined): boolean {
  return written !== undefined && written.sentences.length > 0;
}

/** What is waited for, in the place where the text will stand. */
function Reading({ turn }: { turn: TurnView }) {
  const { conversations } = useApp();
  if (conversations.begun.value !== '') return null;
  return <p class="begun">{t('written.reading', { model: turn.written?.title ?? turn.expected?.title ?? '' })}</p>;
}

function Paragraphs({ turn, written }: { turn: TurnView; written: WrittenView }) {
  const byNumber = new Map(turn.citations.map((citation) => [citation.number, citation]));
  const paragraphs = splitParagraphs(written.sentences);
  return (
    <div class="answer">
      {paragraphs.map((sentences, index) => (
        <p key={index} dir="auto">
          {sentences.map((sentence, at) => <Sentence key={at} turn={turn} sentence={sentence} byNumber={byNumber} isFirst={at === 0} />)}
          {index === paragraphs.length - 1 && written.state === 'writing' && <Begun key={written.sentences.length} />}
        </p>
      ))}
    </div>
  );
}

function splitParagraphs(sentences: readonly AnswerSentence[]): AnswerSentence[][] {
  const paragraphs: AnswerSentence[][] = [[]];
  for (const sentence of sentences) {
    if (sentence.startsParagraph && paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
    paragraphs.at(-1)?.push(sentence);
  }
  return paragraphs;
}

/** What the model is in the midst of. Only this text changes with every word; it is another one after each sentence. */
function Begun() {
  const { conversations } = useApp();
  const text = useComputed(() => (conversations.begun.value === '' ? '' : ` ${conversations.begun.value}`));
  return <span class="begun" title={t('written.begun')}>{text}</span>;
}

type SentenceProps = { turn: TurnView; sentence: AnswerSentence; byNumber: ReadonlyMap<number, Citation>; isFirst: boolean };

/** A sentence with its chips and, where it is not fully supported, a note in words. */
function Sentence({ turn, sentence, byNumber, isFirst }: SentenceProps) {
  // One span may support one sentence and contradict another: a chip says how it stands to its own.
  const { verification } = sentence;
  const cited = sentence.citations.flatMap((number) => byNumber.get(number) ?? []).map((citation) => ({ ...citation, verification }));
  const note = doubtWords(sentence);
  return (
    <>
      {/* Between sentences, not after them: at the end of a line or paragraph a space would count as moved. */}
      {!isFirst && ' '}
      <span class={`sentence ${sentence.verification}`} title={sentence.isRepaired ? t('written.repaired') : note}>{sentence.text}</span>
      {cited.map((citation) => <>{wordJoiner}<CitationChip key={citation.number} turn={turn} citation={citation} /></>)}
      {note && <> <span class={`flag ${sentence.verification}`}>{note}</span></>}
    </>
  );
}

/** Why what is written is not whole. */
function WrittenEnd({ written: { state, sentences, title, error } }: { written: WrittenView }) {
  if (state === 'stopped') return <p class="written-note">{t(sentences.length > 0 ? 'written.stopped' : 'written.stopped-empty')}</p>;
  if (state === 'done' && sentences.length === 0) return <p class="written-note">{t('written.empty', { model: title })}</p>;
  if (state !== 'failed') return null;
  const code = error?.code ?? 'internal';
  return (
    <div class="written-note" role="alert">
      <p>{t('written.failed')} {errorText(code)}</p>
      <details><summary>{t('errors.details')}</summary><CopyCode code={code} /></details>
    </div>
  );
}

/** Why a chosen model wrote nothing. */
export function NotWrittenLine({ why }: { why: NotWritten }) {
  return (
    <p class="written-note">
      {t('written.not', { reason: t(`written.not-${why}`) })}
      {(why === 'not-ready' || why === 'failed') && <> <Link to={{ page: 'models' }}>{t('written.to-models')}</Link></>}
    </p>
  );
}
