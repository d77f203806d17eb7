import { signal, type ReadonlySignal } from '@preact/signals';

/** A line at the foot of the page: a result with a way back, or a failure with what to do. */
export type Notice = {
  id: number;
  kind: 'status' | 'alert';
  text: string;
  /** A notice takes the place of an earlier one with its key. */
  key?: string;
  /** Stands behind "Details". */
  code?: string;
  action?: { label: string; run: () => void };
  /** Runs once when the notice goes without its action having been taken. */
  onGone?: () => void;
};

export type Notices = {
  readonly list: ReadonlySignal<readonly Notice[]>;
  /** Shows a notice. `lifeMs` ends it by itself; without it, it stays until closed. */
  show(notice: Omit<Notice, 'id'>, lifeMs?: number): void;
  /** Ends a notice, taking its action or not. */
  close(id: number, takeAction: boolean): void;
};

/** How long a way back stays open, long enough to be found with a keyboard or a screen reader. */
export const undoLifeMs = 12_000;

const shownAtOnce = 3;

/** The notices of the page; the oldest goes when there are more than can be read. */
export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  let lastId = 0;
  const close = (id: number, takeAction: boolean) => {
    const notice = list.value.find((one) => one.id === id);
    if (!notice) return;
    list.value = list.value.filter((one) => one.id !== id);
    if (takeAction) notice.action?.run();
    else notice.onGone?.();
  };
  return {
    list,
    close,
    show(notice, lifeMs) {
      lastId += 1;
      const id = lastId;
      const same = list.value.find((one) => (notice.key === undefined ? one.text === notice.text && !one.action : one.key === notice.key));
      if (same) close(same.id, false);
      list.value = [...list.value, { ...notice, id }];
      const oldest = list.value[0];
      if (oldest && list.value.length > shownAtOnce) close(oldest.id, false);
      if (lifeMs !== undefined) setTimeout(() => close(id, false), lifeMs);
    },
  };
}
