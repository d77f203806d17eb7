const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (bytes: Uint8Array): Uint8Array => bytes.map((_, index) => bytes[index ^ 1] ?? 0);

const page = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><title>The  Salt Road</title>
<script>globalThis.pageScriptRan = true; fetch('http://beacon.invalid/fetch');</script>
<link rel="stylesheet" href="http://beacon.invalid/style.css"><base href="http://beacon.invalid/">
<meta http-equiv="refresh" content="0;url=http://beacon.invalid/refresh">
<style>body { background: url(http://beacon.invalid/background.png) }</style>
</head>
<body onload="globalThis.pageScriptRan = true">
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<h1>The Salt Road</h1>
<p>The road was built in 1480 to carry salt from the
mines at Aldersee to the port, a journey of <b>eleven</b> days.</p>
<p hidden>Hidden words that nobody sees.</p><p style="display:none">Nor these.</p>
<img src="http://beacon.invalid/pixel.png" onerror="globalThis.pageScriptRan = true">
<svg><script>globalThis.pageScriptRan = true</script><text>Drawing</text></svg>
<iframe src="http://beacon.invalid/frame"></iframe>
<h2>Tolls</h2>
<table><thead><tr><th>Gate</th><th>Pence</th></tr></thead><tbody><tr><td>North</td><td>4</td></tr><tr><td>Harbour</td><td>9</td></tr></tbody></table>
<ol start="3"><li>Pay at the gate.</li><li>Keep the token.</li></ol>
<blockquote><p>No cart shall pass by night.</p></blockquote>
<pre>north   4
harbour 9</pre>
<p>An unclosed paragraph with <i>stray markup</p>
</div></body></html>
`;

const markdown = `---
title: "Field notes"
---

# Field notes from *Marsh Hill*

The first visit was on 12 June.
It rained.

- [x] Count the orchids
- Map the drain
  1. North end
  2. South end

> The drain is older than the map.

| Plant | Count |
|-------|------:|
| Orchid | 31 |
| Sundew | 7 |

\`\`\`python
print("orchid")
\`\`\`

***

Setext heading
--------------

Last words with a [link](https://example.invalid/).

[ref]: https://example.invalid/ref
`;

const letter = 'Dear Zoë,\r\n\r\nthe naïve plan was to walk to Łódź. It took us nineteen days.\r\n\r\nYours, Björn\r\n';
const western = Buffer.from('Das Café in der Straße schließt um zehn. Die Tür klemmt, über dem Türschloß hängt ein Schild.\n', 'latin1');
// Shift_JIS: 山の天気は変わりやすい。 and 川の水は冷たい。
const japanese = Buffer.from('8e5282cc93568b4382cd95cf82ed82e882e282b782a281420d0a90ec82cc908582cd97e282bd82a281420d0a', 'hex');

const csv = 'Station;Opened;Platforms\n"Old Town";1871;4\n"Quay; north";1902;2\n"The ""Hill""";1955;\n';
const tsv = 'name\tcolour\nwren\tbrown\nheron\tgrey\n';
const json = JSON.stringify({ museum: { name: 'Clock House', founded: 1911 }, rooms: [{ name: 'Dials', clocks: 14 }, { name: 'Pendulums', clocks: 9 }], open: true });
const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['# Tides\n', '\n', 'The tide gauge stands at Ferry Pier.'] },
    { cell_type: 'code', metadata: {}, source: 'print(7.2)', outputs: [{ output_type: 'stream', name: 'stdout', text: ['7.2\n'] }] },
  ],
});
const python = `import math


def area(radius):
    """Area of a circle."""

    return math.pi * radius ** 2


class Wheel:
    spokes = 32
`;

/** The fixtures that are text, by file name. */
export function textFixtures(): Record<string, Uint8Array> {
  return {
    'salt-road.html': utf8(page),
    'field-notes.md': utf8(markdown),
    'letter.txt': utf8(letter),
    'letter-utf16le.txt': utf16(`\ufeff${letter}`),
    'letter-utf16be-unmarked.txt': swapped(utf16(letter)),
    'western.txt': new Uint8Array(western),
    'japanese.txt': new Uint8Array(japanese),
    'broken-utf8.txt': new Uint8Array(Buffer.concat([utf8('Zoë wrote: naïve café, Łódź, '), Buffer.from([0xff, 0xc3]), utf8(' and that was all. ö ü ä ß')])),
    'stations.csv': utf8(csv),
    'birds.tsv': utf8(tsv),
    'museum.json': utf8(json),
    'tides.ipynb': utf8(notebook),
    'wheel.py': utf8(python),
  };
}
