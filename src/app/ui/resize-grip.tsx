import type { Signal } from '@preact/signals';

type ResizeGripProps = {
  label: string;
  /** CSS pixels; undefined is the usual width. */
  width: Signal<number | undefined>;
  /** The edge of its region that the grip lies on. */
  side: 'start' | 'end';
  min: number;
  max: number;
  usual: number;
};

const stepPx = 16;

/** The draggable edge of a region; arrow keys move it, Enter and a double click bring the usual width back. */
export function ResizeGrip({ label, width, side, min, max, usual }: ResizeGripProps) {
  const set = (value: number) => { width.value = Math.round(Math.min(max, Math.max(min, value))); };
  const growsBy = (px: number) => {
    const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
    return px * rtl * (side === 'end' ? 1 : -1);
  };
  const onDown = (event: PointerEvent) => {
    const grip = event.currentTarget as HTMLElement;
    const from = event.clientX;
    const start = grip.parentElement?.getBoundingClientRect().width ?? usual;
    grip.setPointerCapture(event.pointerId);
    const onMove = (move: PointerEvent) => set(start + growsBy(move.clientX - from));
    grip.addEventListener('pointermove', onMove);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', onMove), { once: true });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: growsBy(stepPx), ArrowLeft: growsBy(-stepPx) }[event.key];
    if (step !== undefined) set((width.value ?? usual) + step);
    else if (event.key === 'Enter') width.value = undefined;
    else return;
    event.preventDefault();
  };
  return (
    // A focusable separator with a value is the pattern for a movable divider (ARIA 1.2, window splitter).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions jsx-a11y/no-noninteractive-tabindex
    <div
      class={`grip grip-${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width.value ?? usual}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onDown}
      onKeyDown={onKey}
      onDblClick={() => { width.value = undefined; }}
    />
  );
}
