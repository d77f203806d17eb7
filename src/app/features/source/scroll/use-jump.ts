import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { holdInPlace } from './hold-in-place.ts';
import { findJumpTarget, findPlace, type Jump } from './jump.ts';

/**
 * Carries out each jump: goes near at once, and to the target when it is in the page; `arrivals` grows when more of the
 * document is. The evidence takes the focus, so that a screen reader goes on from there, unless the person is writing.
 */
export function useJump(scroller: RefObject<HTMLElement | null>, jump: Jump | undefined, arrivals: number): void {
  const done = useRef<Jump>(undefined);
  const approached = useRef<Jump>(undefined);
  const stopHolding = useRef<() => void>(undefined);
  useEffect(() => () => stopHolding.current?.(), []);
  useLayoutEffect(() => {
    const root = scroller.current;
    if (!root || !jump || done.current === jump) return;
    const target = findJumpTarget(root, jump);
    const near = target ?? (approached.current !== jump && 'at' in jump ? findPlace(root, jump.at) : undefined);
    if (!near) return;
    approached.current = jump;
    stopHolding.current?.();
    stopHolding.current = holdInPlace(root, near, target && jump.to !== 'place' && jump.to !== 'page' ? 'center' : 'start');
    if (!target) return;
    done.current = jump;
    if (jump.to === 'evidence' && !isWriting()) target.focus({ preventScroll: true });
  }, [jump, arrivals]);
}

function isWriting(): boolean {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && focused.matches('input, textarea, select, [contenteditable]');
}
