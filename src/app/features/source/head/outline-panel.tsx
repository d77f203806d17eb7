import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';
import type { OutlineEntry } from '../outline-entries.ts';
import type { Jump } from '../scroll/jump.ts';

type Properties = { entries: readonly OutlineEntry[]; onJump: (jump: Jump) => void };

const deepestIndent = 4;

/** The document's headings; choosing one goes there. */
export function OutlinePanel({ entries, onJump }: Properties): VNode {
  const go = async (entry: OutlineEntry): Promise<void> => {
    const jump = await entry.locate();
    if (jump) onJump(jump);
  };
  return (
    <nav class="source-outline" aria-label={t('source.outline')}>
      <ul>
        {entries.map((entry) => (
          <li class={`level-${Math.min(entry.level, deepestIndent)}`}>
            <button type="button" onClick={() => void go(entry)}>{entry.title}</button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
