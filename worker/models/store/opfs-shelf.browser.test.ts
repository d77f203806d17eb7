import { transferHandlers, wrap } from 'comlink';
import type { Remote } from 'comlink';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import { describeModelShelf } from './model-shelf.contract.ts';
import type { ModelShelf } from './model-shelf.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));
let count = 0;

describeModelShelf('private file system of the origin', async () => {
  count += 1;
  const name = `test-shelf-${count}`;
  const workers: Worker[] = [];
  const open = async (): Promise<ModelShelf> => {
    const worker = new Worker(new URL('./test-shelf/shelf-worker.ts', import.meta.url), { type: 'module', name });
    workers.push(worker);
    return wrap<ModelShelf>(worker) as Remote<ModelShelf> as ModelShelf;
  };
  return {
    shelf: await open(),
    reopen: open,
    async dispose() {
      for (const worker of workers) worker.terminate();
      await (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true });
    },
  };
});
