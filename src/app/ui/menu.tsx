import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export type MenuItem = { label: string; run: () => void; checked?: boolean; startsGroup?: boolean };

type MenuButtonProps = { label?: string; class: string; items: () => MenuItem[]; children: ComponentChildren };

/** A button that opens a menu. Arrow keys walk, a letter jumps, Esc and Tab close, and focus returns to the button. */
export function MenuButton({ label, class: className, items, children }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  return (
    <>
      <button ref={button} type="button" class={className} aria-label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>{children}</button>
      {open && button.current && <Menu label={label ?? button.current.textContent ?? ''} anchor={button.current} items={items()} onClose={close} />}
    </>
  );
}

type MenuProps = { label: string; anchor: HTMLElement; items: MenuItem[]; onClose: (refocus: boolean) => void };

function Menu({ label, anchor, items, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!list.current) return;
    // In the top layer nothing clips it and no container moves it.
    list.current.showPopover();
    placeBeside(list.current, anchor);
    list.current.querySelector('button')?.focus();
  }, []);
  useEffect(() => {
    const onOutside = (event: Event) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !anchor.contains(target)) onClose(false);
    };
    const onMove = () => onClose(false);
    addEventListener('pointerdown', onOutside);
    addEventListener('resize', onMove);
    return () => {
      removeEventListener('pointerdown', onOutside);
      removeEventListener('resize', onMove);
    };
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose(true);
    } else if (list.current) walk(list.current, event);
  };
  return (
    <div ref={list} class="menu" popover="manual" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKey}>
      {items.map((item) => (
        <>
          {item.startsGroup && <hr />}
          <button
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            tabIndex={-1}
            onClick={() => { onClose(true); item.run(); }}
          >
            {item.label}
          </button>
        </>
      ))}
    </div>
  );
}

function walk(list: HTMLElement, event: KeyboardEvent): void {
  const buttons = [...list.querySelectorAll('button')];
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
  let next = steps[event.key];
  if (next === undefined && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLowerCase();
    const after = [...buttons.slice(here + 1), ...buttons.slice(0, here + 1)];
    const found = after.find((button) => button.textContent?.toLowerCase().startsWith(letter));
    next = found ? buttons.indexOf(found) : undefined;
  }
  if (next === undefined || event.key === ' ') return;
  event.preventDefault();
  event.stopPropagation();
  buttons.at(next % buttons.length)?.focus();
}

/** Below the anchor, or above where there is no room; never outside the window. */
function placeBeside(menu: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight;
  const top = below ? at.bottom + 4 : Math.max(4, at.top - 4 - height);
  const left = Math.max(4, Math.min(at.left, innerWidth - width - 4));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
