import { effect, signal, type Signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

/** Also read by `public/theme.js`, which sets the theme before anything is painted. */
const storageKey = 'alcove-theme';

/** The chosen theme; changing it sets `data-theme` on the document and is remembered. */
export function createTheme(root: HTMLElement, storage: Storage): Signal<Theme> {
  const theme = signal<Theme>(readTheme(storage));
  effect(() => {
    if (theme.value === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme.value;
    try {
      storage.setItem(storageKey, theme.value);
    } catch {
      // Not remembered, but applied.
    }
  });
  return theme;
}

function readTheme(storage: Storage): Theme {
  try {
    const kept = storage.getItem(storageKey);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}
