import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelShelf } from './model-shelf.ts';

export type ModelShelfFixture = { shelf: ModelShelf; reopen(): Promise<ModelShelf>; dispose?(): Promise<void> };

const bytes = (...values: number[]) => Uint8Array.from(values);

async function put(shelf: ModelShelf, path: string, content: Uint8Array, keepBytes = 0): Promise<void> {
  const writer = await shelf.write(path, keepBytes);
  await writer.write(content);
  await writer.close();
}

async function contentOf(shelf: ModelShelf, path: string): Promise<number[] | undefined> {
  const blob = await shelf.read(path);
  return blob && [...new Uint8Array(await blob.arrayBuffer())];
}

/** The promises of `ModelShelf`, kept by every implementation. */
export function describeModelShelf(name: string, create: () => Promise<ModelShelfFixture>): void {
  describe(`model shelf: ${name}`, () => {
    let fixture: ModelShelfFixture;
    let shelf: ModelShelf;
    beforeEach(async () => {
      fixture = await create();
      shelf = fixture.shelf;
    });
    afterEach(async () => fixture.dispose?.());

    it('is empty at first', async () => {
      expect(await shelf.list('')).toEqual([]);
      expect(await shelf.list('a/b/')).toEqual([]);
      expect(await shelf.read('a/b')).toBeUndefined();
      await shelf.remove('a/b');
      await shelf.remove('a/');
    });

    it('gives back what was written, also after reopening', async () => {
      await put(shelf, 'a/b/c.bin', bytes(1, 2, 3));
      for (const reader of [shelf, await fixture.reopen()]) {
        expect(await contentOf(reader, 'a/b/c.bin')).toEqual([1, 2, 3]);
        expect(await reader.list('')).toEqual([{ path: 'a/b/c.bin', bytes: 3 }]);
      }
    });

    it('goes on after the bytes to be kept and cuts off the rest', async () => {
      await put(shelf, 'a/x', bytes(1, 2, 3, 4));
      await put(shelf, 'a/x', bytes(9), 2);
      expect(await contentOf(shelf, 'a/x')).toEqual([1, 2, 9]);
      await put(shelf, 'a/x', bytes(7), 100);
      expect(await contentOf(shelf, 'a/x')).toEqual([1, 2, 9, 7]);
      await put(shelf, 'a/x', bytes());
      expect(await contentOf(shelf, 'a/x')).toEqual([]);
    });

    it('takes many writes and only the bytes of a view', async () => {
      const writer = await shelf.write('a/x', 0);
      for (let at = 0; at < 20; at += 1) await writer.write(Uint8Array.of(0, at, 0).subarray(1, 2));
      await writer.close();
      await writer.close();
      expect(await contentOf(shelf, 'a/x')).toEqual(Array.from({ length: 20 }, (_, at) => at));
    });

    it('lets one write a file at a time', async () => {
      const writer = await shelf.write('a/x', 0);
      await expect(shelf.write('a/x', 0)).rejects.toMatchObject({ code: 'conflict' });
      await writer.close();
      await (await shelf.write('a/x', 0)).close();
    });

    it('moves a file, over another and into a new folder', async () => {
      await put(shelf, 'a/new', bytes(5, 6));
      await put(shelf, 'a/old', bytes(1));
      await shelf.move('a/new', 'a/old');
      expect(await contentOf(shelf, 'a/old')).toEqual([5, 6]);
      expect(await shelf.read('a/new')).toBeUndefined();
      await shelf.move('a/old', 'b/c/d');
      expect(await shelf.list('')).toEqual([{ path: 'b/c/d', bytes: 2 }]);
      await expect(shelf.move('a/old', 'a/new')).rejects.toMatchObject({ code: 'storage-unavailable' });
    });

    it('lists by folder, in order', async () => {
      for (const path of ['m/b/2', 'm/a/1', 'm/a/x/3', 'n/a/1', 'ma/1']) await put(shelf, path, bytes(1));
      expect((await shelf.list('m/')).map(({ path }) => path)).toEqual(['m/a/1', 'm/a/x/3', 'm/b/2']);
      expect((await shelf.list('m/a/')).map(({ path }) => path)).toEqual(['m/a/1', 'm/a/x/3']);
    });

    it('removes a file, or a folder with all in it', async () => {
      for (const path of ['m/a/1', 'm/a/2', 'm/b/1']) await put(shelf, path, bytes(1));
      await shelf.remove('m/a/1');
      expect((await shelf.list('')).map(({ path }) => path)).toEqual(['m/a/2', 'm/b/1']);
      await shelf.remove('m/');
      expect(await shelf.list('')).toEqual([]);
    });
  });
}
