import { describe, expect, it } from 'vitest';
import { readEntry, type DroppedEntry } from './read-dropped-files.ts';

const file = (name: string): DroppedEntry => ({ isFile: true, isDirectory: false, name, file: (done) => done(new File([name], name)) });
const unreadable = (name: string): DroppedEntry => ({ isFile: true, isDirectory: false, name, file: (_done, fail) => fail(new Error('gone')) });

function folder(name: string, ...parts: DroppedEntry[][]): DroppedEntry {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      let next = 0;
      return { readEntries: (done) => done(parts[next++] ?? []) };
    },
  };
}

describe('files of a dropped folder', () => {
  it('are all found, however many parts the browser gives the folder in', async () => {
    const dropped = folder('case', [file('a.pdf'), folder('notes', [file('b.md')])], [file('c.txt')]);
    const files = await readEntry(dropped, '');
    expect(files.map(({ name, path }) => [name, path])).toEqual([['a.pdf', 'case/a.pdf'], ['b.md', 'case/notes/b.md'], ['c.txt', 'case/c.txt']]);
  });

  it('leave out what the system put there and what cannot be read', async () => {
    const files = await readEntry(folder('case', [file('.DS_Store'), file('Thumbs.db'), unreadable('locked.pdf'), file('a.txt')]), '');
    expect(files.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('carry no path when dropped alone', async () => {
    expect(await readEntry(file('a.txt'), '')).toEqual([{ file: expect.any(File) as File, name: 'a.txt' }]);
  });
});
