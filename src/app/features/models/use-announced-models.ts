import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ModelState } from '#core/models/model-state.ts';
import { useApp } from '../../app-context.ts';
import { t, type MessageKey } from '../../messages/t.ts';

const words: Partial<Record<ModelState['phase'], MessageKey>> = { installed: 'models.announce-installed', ready: 'models.announce-running' };

/** Says aloud when a model has come as far as a person waits for; a failure is an alert of its own card. */
export function useAnnouncedModels(): void {
  const { library, announcer } = useApp();
  const before = useRef<ReadonlyMap<string, ModelState['phase']> | undefined>(undefined);
  useSignalEffect(() => {
    const { models } = library.models.value;
    for (const { key, title, phase } of models) {
      const known = before.current?.get(key);
      const word = words[phase];
      if (known !== undefined && known !== phase && word) announcer.say(t(word, { title }));
    }
    before.current = new Map(models.map(({ key, phase }) => [key, phase]));
  });
}
