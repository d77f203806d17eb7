import { gzipSync, Inflate, inflateSync } from 'fflate';
import { AppError } from '../errors/app-error.ts';
import { crc32 } from './crc32.ts';
import { segmentLimits } from './segment-limits.ts';

const headerBytes = 10;
const trailerBytes = 8;
/** Deflate cannot expand a byte into more than this (zlib's technical notes, "Maximum Compression Factor"). */
const highestRatio = 1032;
const stepBytes = 16 * 1024;

/** A gzip member without name and time: equal text gives equal bytes from the same compressor. */
export function compressMember(text: Uint8Array): Uint8Array<ArrayBuffer> {
  return gzipSync(text, { level: 6, mtime: 0 });
}

/** The size that a member's trailer states for its text; a claim, not yet checked. */
export function statedTextBytes(member: Uint8Array): number {
  if (member.length < headerBytes + trailerBytes) throw corrupt('a member is cut short');
  return new DataView(member.buffer, member.byteOffset, member.length).getUint32(member.length - 4, true);
}

/**
 * The text bytes of exactly one gzip member (RFC 1952, no optional header fields), checked against its length and
 * CRC-32. Never writes more than its trailer states nor more than the limit. Errors: `segment/corrupt`.
 */
export function inflateMember(member: Uint8Array): Uint8Array {
  const textBytes = statedTextBytes(member);
  if (member.length > segmentLimits.memberBytes || textBytes > segmentLimits.memberTextBytes) throw corrupt('a member is too large');
  if (textBytes > highestRatio * member.length) throw corrupt('a member claims more than it can hold');
  if (member[0] !== 0x1f || member[1] !== 0x8b || member[2] !== 8 || member[3] !== 0) throw corrupt('a member is not plain gzip');
  // One byte more than stated, so that a longer text shows.
  const text = inflateInto(new Uint8Array(textBytes + 1), member.subarray(headerBytes, -trailerBytes));
  const view = new DataView(member.buffer, member.byteOffset + member.length - trailerBytes, 4);
  if (text.length !== textBytes || crc32(text) !== view.getUint32(0, true)) throw corrupt('a member does not match its checksum');
  return text;
}

function inflateInto(out: Uint8Array, deflated: Uint8Array): Uint8Array {
  try {
    return deflated.length <= stepBytes ? inflateSync(deflated, { out }) : inflateInSteps(out, deflated);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('segment/corrupt', 'txt part: a member does not inflate', { cause });
  }
}

/** Gives up a member that holds more than it states as soon as it shows; in one go, a bomb would be inflated to its end. */
function inflateInSteps(out: Uint8Array, deflated: Uint8Array): Uint8Array {
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > out.length) throw corrupt('a member holds more than it states');
    out.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < deflated.length; at += stepBytes) {
    stream.push(deflated.subarray(at, at + stepBytes), at + stepBytes >= deflated.length);
  }
  return out.subarray(0, length);
}

function corrupt(reason: string): AppError {
  return new AppError('segment/corrupt', `txt part: ${reason}`);
}
