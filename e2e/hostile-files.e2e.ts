import { gzipSync } from 'node:zlib';
import { AlcovePage } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';

const beacons = `<html><head><title>Trap</title><link rel="stylesheet" href="http://127.0.0.1:9/a.css"><base href="http://127.0.0.1:9/">
<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"></head><body onload="fetch('http://127.0.0.1:9/b')">
<img src="http://127.0.0.1:9/c.png" onerror="document.title='owned'"><script>document.title='owned'</script>
<iframe src="http://127.0.0.1:9/d"></iframe><p>The harmless sentence says that the heron nests in April.</p></body></html>`;

const hostile: { name: string; buffer: Buffer; state: RegExp }[] = [
  { name: 'empty.txt', buffer: Buffer.alloc(0), state: /failed/i },
  { name: 'noise.pdf', buffer: Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)), state: /failed/i },
  { name: 'cut.pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n'), state: /failed/i },
  { name: 'cut.docx', buffer: Buffer.from('PK\x03\x04 not a whole archive'), state: /failed/i },
  { name: 'packed.gz', buffer: gzipSync('text'), state: /failed/i },
  { name: 'utf16.txt', buffer: Buffer.from('\uFEFFThe quince harvest begins in October.', 'utf16le'), state: /ready/i },
  { name: 'invalid.txt', buffer: Buffer.concat([Buffer.from('The ferry leaves at noon. '), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(' End.')]), state: /ready/i },
  { name: 'trap.html', buffer: Buffer.from(beacons), state: /ready/i },
  { name: 'really-text.pdf', buffer: Buffer.from('A plain text under a wrong name: the lighthouse is 41 metres high.'), state: /ready/i },
];

test('names what it cannot read, reads what it can, and lets no request leave', async ({ page, alcove }) => {
  const foreign: string[] = [];
  page.context().on('request', (request) => {
    if (!request.url().startsWith(alcove) && !/^(?:blob|data):/.test(request.url())) foreign.push(request.url());
  });
  const app = new AlcovePage(page);
  await app.open(alcove);
  await app.addFiles([{ name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('The archive keeps the charter of 1482.') }]);
  await app.waitForState('kept', /ready/i);
  await app.addFiles(hostile.map(({ name, buffer }) => ({ name, mimeType: '', buffer })));
  for (const { name, state } of hostile) await app.waitForState(name.replace(/\.\w+$/, ''), state);

  await expect(await app.ask('When does the heron nest?')).toContainText('April');
  await expect(await app.ask('What does the archive keep?')).toContainText('1482');
  await expect(await app.ask('When does the quince harvest begin?')).toContainText('October');
  expect(await page.title()).not.toContain('owned');
  expect(foreign).toEqual([]);
});

test('reads a text of one line and 20 MB in bounded time, and the page stays usable', async ({ page, alcove }) => {
  test.slow();
  const app = new AlcovePage(page);
  await app.open(alcove);
  const line = 'word '.repeat(4_000_000);
  await app.addFiles([{ name: 'giant.txt', mimeType: 'text/plain', buffer: Buffer.from(`${line} The needle is under the mill.`) }]);
  await app.addFiles([{ name: 'small.txt', mimeType: 'text/plain', buffer: Buffer.from('The kettle was bought in Bergen.') }]);
  await app.question.fill('typing works');
  await expect(app.question).toHaveValue('typing works');
  await app.waitForState('giant', /ready|searchable/i, 150_000);
  await expect(await app.ask('Where was the kettle bought?')).toContainText('Bergen');
});
