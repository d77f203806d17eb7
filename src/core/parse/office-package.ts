import type { Archive } from './safe-unzip.ts';
import { findAll, findFirst, readXmlTree, textOf } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';

/** A part of an Office Open XML package that another part refers to. Parts outside the package are left out. */
export type Relationship = { id: string; type: string; target: string };

/** Path of `target` as seen from the part `from`, inside the package. */
export function resolvePart(from: string, target: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Text of an XML part; undefined where the package has none of that name. */
export function readPartText(archive: Archive, name: string): string | undefined {
  const bytes = archive.read(name);
  if (bytes === undefined) return undefined;
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = bytes[0] === 0xfe ? 'utf-16be' : 'utf-16le';
  return new TextDecoder(utf16 ? encoding : 'utf-8').decode(bytes);
}

export function readPart(archive: Archive, name: string, depthLimit: number): XmlElement | undefined {
  const text = readPartText(archive, name);
  return text === undefined ? undefined : readXmlTree(text, depthLimit);
}

export function relationshipsOf(archive: Archive, part: string, depthLimit: number): Relationship[] {
  const slash = part.lastIndexOf('/') + 1;
  const root = readPart(archive, `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`, depthLimit);
  if (root === undefined) return [];
  return findAll(root, 'Relationship')
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => ({
      id: attributes['Id'] ?? '',
      type: (attributes['Type'] ?? '').split('/').at(-1) ?? '',
      target: resolvePart(part, attributes['Target'] ?? ''),
    }));
}

/** The id by which an element refers to a relationship: `r:id`, whatever the prefix. */
export function relationshipId(attributes: Record<string, string>): string {
  const name = Object.keys(attributes).find((key) => key.endsWith(':id'));
  return (name === undefined ? undefined : attributes[name]) ?? '';
}

/** The part that the package is about, by its root relationship; `fallback` where it names none. */
export function mainPart(archive: Archive, fallback: string, depthLimit: number): string {
  const target = relationshipsOf(archive, '', depthLimit).find(({ type }) => type === 'officeDocument')?.target;
  return target !== undefined && archive.has(target) ? target : fallback;
}

export type CoreProperties = { title: string; language: string | undefined };

/** Title and language as the package's properties state them. */
export function coreProperties(archive: Archive, depthLimit: number): CoreProperties {
  const root = readPart(archive, 'docProps/core.xml', depthLimit);
  const value = (name: string): string => {
    const element = root && findFirst(root, name);
    return element === undefined ? '' : textOf(element).trim();
  };
  return { title: value('title'), language: value('language') || undefined };
}
