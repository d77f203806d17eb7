import { ByteWriter } from './byte-writer.ts';
import { kwHeaderBytes, kwMagic, kwVersion, layOutKwSections, type KwHeader } from './kw-layout.ts';

/** Takes terms in rising order of their bytes, each with its postings, and lays out a `kw` part. */
export class KwWriter {
  readonly #terms = new ByteWriter(1 << 14);
  readonly #postings = new ByteWriter(1 << 16);
  readonly #termOffsets: number[] = [0];
  readonly #postingOffsets: number[] = [0];

  /** The first `count` of `rows` (rising) and of `frequencies` (1 or more) are the term's postings; `count` is 1 or more. */
  addTerm(term: Uint8Array, rows: ArrayLike<number>, frequencies: ArrayLike<number>, count: number): void {
    this.#terms.append(term);
    this.#termOffsets.push(this.#terms.length);
    this.#postings.appendVarint(count);
    let previous = -1;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const frequency = frequencies[i]!;
      const gap = row - previous - 1;
      // One bit says "frequency 1", the common case, as in Lucene's 4.0 postings format.
      this.#postings.appendVarint(gap * 2 + (frequency === 1 ? 1 : 0));
      if (frequency !== 1) this.#postings.appendVarint(frequency);
      previous = row;
    }
    this.#postingOffsets.push(this.#postings.length);
  }

  /** The part's bytes; `lengths` has one entry for each row. */
  finish(lengths: Uint32Array): Uint8Array<ArrayBuffer> {
    const header: KwHeader = {
      rows: lengths.length,
      terms: this.#termOffsets.length - 1,
      lengthBytes: lengths.some((length) => length > 0xffff) ? 4 : 2,
      termBytes: this.#terms.length,
      postingBytes: this.#postings.length,
    };
    const sections = layOutKwSections(header);
    const bytes = new Uint8Array(sections.end);
    writeHeader(bytes, header);
    const LengthArray = header.lengthBytes === 2 ? Uint16Array : Uint32Array;
    new LengthArray(bytes.buffer, sections.lengths, header.rows).set(lengths);
    new Uint32Array(bytes.buffer, sections.termOffsets, header.terms + 1).set(this.#termOffsets);
    new Uint32Array(bytes.buffer, sections.postingOffsets, header.terms + 1).set(this.#postingOffsets);
    bytes.set(this.#terms.view(), sections.terms);
    bytes.set(this.#postings.view(), sections.postings);
    return bytes;
  }
}

function writeHeader(bytes: Uint8Array<ArrayBuffer>, header: KwHeader): void {
  const { rows, terms, lengthBytes, termBytes, postingBytes } = header;
  const words = [kwMagic, kwVersion, rows, terms, lengthBytes, termBytes, postingBytes, 0];
  new Uint32Array(bytes.buffer, 0, kwHeaderBytes / 4).set(words);
}
