import { statedTextBytes } from './gzip-member.ts';
import { segmentTargets } from './segment-limits.ts';
import { memberBytes, readMember, TxtWriter, type TxtPart } from './txt-part.ts';

/**
 * One `txt` part of the kept rows (rising) of each part, part after part. Members that are kept whole and well filled are
 * copied as they are; the rest is written anew. `pause` is awaited after each member.
 */
export async function mergeTxtParts(parts: ReadonlyArray<TxtPart & { keepRows: Uint32Array }>, pause?: () => Promise<void>): Promise<TxtPart> {
  const writer = new TxtWriter();
  for (const { bytes, members, keepRows } of parts) {
    let next = 0;
    for (const member of members) {
      const first = next;
      while (next < keepRows.length && keepRows[next]! < member.firstRow + member.rows) next++;
      if (next === first) continue;
      const stored = memberBytes(bytes, member);
      if (next - first === member.rows && statedTextBytes(stored) >= segmentTargets.memberTextBytes / 2) {
        writer.addMember(stored, member.rows);
      } else {
        const lines = readMember(stored, member.rows);
        for (let i = first; i < next; i++) writer.addLine(lines[keepRows[i]! - member.firstRow]!);
      }
      await pause?.();
    }
  }
  return writer.finish();
}
