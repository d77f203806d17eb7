import type { Passage } from '../document/passage.ts';
import { AppError } from '../errors/app-error.ts';
import { ByteWriter } from './byte-writer.ts';
import { compressMember, inflateMember } from './gzip-member.ts';
import { decodePassage, encodePassage } from './passage-json.ts';
import { segmentLimits, segmentTargets } from './segment-limits.ts';
import type { TxtMember } from './segment-manifest.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type TxtPart = { bytes: Uint8Array; members: TxtMember[] };

/** Writes a `txt` part line by line. Equal lines in equal order give equal bytes from the same compressor. */
export class TxtWriter {
  rows = 0;
  readonly #part = new ByteWriter(1 << 16);
  readonly #members: TxtMember[] = [];
  readonly #open = new ByteWriter(2 * segmentTargets.memberTextBytes);
  #openRows = 0;

  /**
   * Adds a passage as `encodePassage` writes it; true when that closed a member, which is where the work is. Errors:
   * `invalid-input` where the line is over the limit.
   */
  addLine(line: string): boolean {
    const bytes = encoder.encode(`${line}\n`);
    if (bytes.length > segmentLimits.memberTextBytes) throw new AppError('invalid-input', 'a passage is too long to store');
    if (this.#open.length + bytes.length > segmentLimits.memberTextBytes) this.#closeMember();
    this.#open.append(bytes);
    this.#openRows++;
    this.rows++;
    if (this.#open.length < segmentTargets.memberTextBytes) return false;
    this.#closeMember();
    return true;
  }

  /** Adds a whole member of another part as it is. */
  addMember(bytes: Uint8Array, rows: number): void {
    this.#closeMember();
    this.#members.push({ offset: this.#part.length, bytes: bytes.length, firstRow: this.rows, rows });
    this.#part.append(bytes);
    this.rows += rows;
  }

  finish(): TxtPart {
    this.#closeMember();
    return { bytes: this.#part.view().slice(), members: this.#members };
  }

  #closeMember(): void {
    if (this.#openRows === 0) return;
    const rows = this.#openRows;
    const bytes = compressMember(this.#open.view());
    this.#openRows = 0;
    this.#open.length = 0;
    this.#members.push({ offset: this.#part.length, bytes: bytes.length, firstRow: this.rows - rows, rows });
    this.#part.append(bytes);
  }
}

/** Encodes passages, row after row. Errors: `invalid-input` (a passage over the limit). */
export function encodeTxtPart(passages: readonly Passage[]): TxtPart {
  const writer = new TxtWriter();
  for (const passage of passages) writer.addLine(encodePassage(passage));
  return writer.finish();
}

/** The `rows` lines of one member, given that member's bytes. Errors: `segment/corrupt`. */
export function readMember(bytes: Uint8Array, rows: number): string[] {
  const lines = decodeText(inflateMember(bytes)).split('\n');
  if (lines.pop() !== '' || lines.length !== rows) throw corrupt(`a member has not the ${rows} lines it should`);
  return lines;
}

/** Every passage of a part, member after member, so that no more than one member is inflated at a time. Errors: `segment/corrupt`. */
export function* decodeTxtPart({ bytes, members }: TxtPart): Generator<Passage, void, undefined> {
  for (const member of members) {
    for (const line of readMember(memberBytes(bytes, member), member.rows)) yield decodePassage(line);
  }
}

/** A member's bytes as a view of its part. */
export function memberBytes(part: Uint8Array, member: TxtMember): Uint8Array {
  if (member.offset + member.bytes > part.length) throw corrupt('a member lies outside its part');
  return part.subarray(member.offset, member.offset + member.bytes);
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new AppError('segment/corrupt', 'txt part: not UTF-8', { cause });
  }
}

function corrupt(reason: string): AppError {
  return new AppError('segment/corrupt', `txt part: ${reason}`);
}
