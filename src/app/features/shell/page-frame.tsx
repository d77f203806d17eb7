import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import './page-frame.css';

type PageFrameProps = { title: string; intro?: string; children: ComponentChildren };

/** A page beside the conversation: its way back, its heading, and what it shows. */
export function PageFrame({ title, intro, children }: PageFrameProps) {
  const { conversations, layout } = useApp();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = conversations.current.value.id.value;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <main class="room" aria-labelledby="page-heading">
      <div class="head">
        <button type="button" class="button bare only-drawer" aria-expanded={layout.shown.value === 'library'} onClick={() => { layout.shown.value = 'library'; }}>{t('library.region')}</button>
        <button type="button" class="button bare only-folded" onClick={() => { layout.libraryHidden.value = false; }}>{t('shell.show-library')}</button>
        <Link class="button bare" to={id ? { page: 'chat', conversation: id } : { page: 'home' }}>{t('shell.back')}</Link>
      </div>
      {/* A scrolling region must be reachable with the keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="scroll page" tabIndex={0} role="group" aria-labelledby="page-heading">
        <div class="page-in">
          <h1 id="page-heading" ref={heading} tabIndex={-1}>{title}</h1>
          {intro && <p class="intro">{intro}</p>}
          {children}
        </div>
      </div>
    </main>
  );
}
