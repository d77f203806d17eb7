import { effect, signal, type Signal } from '@preact/signals';

/** Which region a narrow page shows, and what a wide page keeps folded. Widths are CSS pixels. */
export type Layout = {
  readonly shown: Signal<'ask' | 'library' | 'source'>;
  readonly libraryHidden: Signal<boolean>;
  readonly libraryWidth: Signal<number | undefined>;
  readonly sourceWidth: Signal<number | undefined>;
  readonly overlay: Signal<'palette' | 'keys' | undefined>;
};

const storageKey = 'alcove-layout';

/** The layout as it was left, kept in `storage`. */
export function createLayout(storage: Storage): Layout {
  const kept = readKept(storage);
  const layout: Layout = {
    shown: signal('ask'),
    libraryHidden: signal(kept.libraryHidden === true),
    libraryWidth: signal(kept.libraryWidth),
    sourceWidth: signal(kept.sourceWidth),
    overlay: signal(undefined),
  };
  effect(() => {
    const { libraryHidden, libraryWidth, sourceWidth } = layout;
    write(storage, JSON.stringify({ libraryHidden: libraryHidden.value, libraryWidth: libraryWidth.value, sourceWidth: sourceWidth.value }));
  });
  return layout;
}

type Kept = { libraryHidden?: boolean; libraryWidth?: number; sourceWidth?: number };

function readKept(storage: Storage): Kept {
  try {
    const kept = JSON.parse(storage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    const width = (value: unknown) => (typeof value === 'number' && value >= 100 && value <= 4000 ? value : undefined);
    const [libraryWidth, sourceWidth] = [width(kept['libraryWidth']), width(kept['sourceWidth'])];
    return {
      libraryHidden: kept['libraryHidden'] === true,
      ...(libraryWidth !== undefined && { libraryWidth }),
      ...(sourceWidth !== undefined && { sourceWidth }),
    };
  } catch {
    return {};
  }
}

function write(storage: Storage, value: string): void {
  try {
    storage.setItem(storageKey, value);
  } catch {
    // A full or forbidden storage only means that the layout is not remembered.
  }
}
