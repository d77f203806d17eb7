import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { readChosenFiles, readDroppedFiles } from './read-dropped-files.ts';
import './adding.css';

/** Takes files dropped or pasted anywhere on the page; while something hangs over it, names where it will go. */
export function DropAnywhere() {
  const { adding, fail } = useApp();
  const over = useSignal(false);
  useEffect(() => listen({
    onOver: (is) => { over.value = is; },
    onDrop: (transfer) => { readDroppedFiles(transfer).then(adding.addFiles).catch(fail); },
    onPaste: (files) => { adding.addFiles(readChosenFiles(files)).catch(fail); },
  }), []);
  return over.value ? <div class="drop-here"><p>{t('adding.drop-here', { collection: adding.targetName() })}</p></div> : null;
}

type Handlers = { onOver(over: boolean): void; onDrop(transfer: DataTransfer): void; onPaste(files: File[]): void };

function listen({ onOver, onDrop, onPaste }: Handlers): () => void {
  const end = new AbortController();
  const { signal } = end;
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragover', (event) => {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    onOver(true);
  }, { signal });
  // Leaving the window has no related target; leaving one element for another has.
  addEventListener('dragleave', (event) => { if (event.relatedTarget === null) onOver(false); }, { signal });
  addEventListener('dragend', () => onOver(false), { signal });
  addEventListener('drop', (event) => {
    onOver(false);
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    onDrop(event.dataTransfer);
  }, { signal });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) onPaste(files);
  }, { signal });
  return () => end.abort();
}
