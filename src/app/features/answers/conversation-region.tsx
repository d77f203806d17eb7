import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Talk } from '../../model/conversations.ts';
import { Link } from '../../router/link.tsx';
import { Welcome } from '../first-visit/welcome.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { QuestionBox } from './question-box.tsx';
import { Turn } from './turn.tsx';
import './answers.css';

/** The Conversation: its answers, or the first visit where there is none, and the question box below. */
export function ConversationRegion() {
  const app = useApp();
  const { conversations } = app;
  const talk = conversations.current.value;
  return (
    <main class="room" id="conversation" aria-label={t('answers.region')}>
      <ConversationHead talk={talk} />
      <Body key={isWelcome(talk) ? 'welcome' : talk.key} talk={talk} />
      {!isCollectionUnknown(app) && <QuestionBox />}
    </main>
  );
}

/** One welcome stands for all empty conversations: going from one to the next moves nothing in it. */
function isWelcome(talk: Talk): boolean {
  return talk.turns.value.length === 0 && talk.state.value === 'ready';
}

function isCollectionUnknown({ router, library }: App): boolean {
  const route = router.route.value;
  return library.ready.value && route.page === 'collection' && !library.collections.value.some((one) => one.id === route.collection);
}

/** Where each conversation was scrolled to, so that coming back finds the same place. */
const scrollTops = new Map<Talk, number>();

function Body({ talk }: { talk: Talk }) {
  const app = useApp();
  const { library, layout } = app;
  const scroller = useRef<HTMLDivElement>(null);
  const turns = talk.turns.value;
  const count = turns.length;
  const lastCount = useRef(count);
  useLayoutEffect(() => {
    const top = scrollTops.get(talk);
    if (scroller.current && top !== undefined) scroller.current.scrollTop = top;
  }, [talk]);
  useLayoutEffect(() => {
    if (count > lastCount.current) scroller.current?.querySelector('article:last-of-type')?.scrollIntoView({ block: 'start' });
    lastCount.current = count;
  }, [count]);
  // A region that was not displayed comes back scrolled to its start in some browsers.
  useSignalEffect(() => {
    if (layout.shown.value === 'ask') queueMicrotask(() => { if (scroller.current) scroller.current.scrollTop = scrollTops.get(talk) ?? scroller.current.scrollTop; });
  });
  if (!library.ready.value) return <div class="scroll" />;
  if (talk.state.value === 'missing') return <Missing text={t('answers.missing')} />;
  const keep = (element: HTMLElement) => { if (element.clientHeight > 0) scrollTops.set(talk, element.scrollTop); };
  if (count === 0 && isCollectionUnknown(app)) return <Missing text={t('answers.no-collection')} />;
  if (count === 0) return <div class="scroll">{talk.state.value === 'ready' && <Welcome />}</div>;
  return (
    // A scrolling region must be reachable with the keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="scroll" ref={scroller} tabIndex={0} role="group" aria-label={t('answers.so-far')} onScroll={(event) => keep(event.currentTarget)}>
      <div class="talk"><div class="column">
        {turns.map((turn, index) => <Turn key={turn.askedAt + String(index)} turn={turn} last={index === count - 1} />)}
      </div></div>
    </div>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <div class="scroll"><div class="talk"><div class="column">
      <p>{text} <Link to={{ page: 'home' }}>{t('answers.begin-new')}</Link></p>
    </div></div></div>
  );
}
