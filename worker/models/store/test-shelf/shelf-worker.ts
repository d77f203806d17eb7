import { expose, proxy, transferHandlers } from 'comlink';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import { createOpfsShelf } from '../opfs-shelf.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));

// The worker's name is the folder's.
const shelf = createOpfsShelf(self.name);

expose({ ...shelf, write: async (path: string, keepBytes: number) => proxy(await shelf.write(path, keepBytes)) });
