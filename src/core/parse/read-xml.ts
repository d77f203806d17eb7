import { SaxesParser } from 'saxes';
import { AppError } from '../errors/app-error.ts';

/** An element with names as local names (no prefix), which is what all office formats are told apart by. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlNode[] };
export type XmlNode = XmlElement | string;

export type XmlHandlers = {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
};

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Record<string, string>): Record<string, string> {
  const local: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(attributes)) {
    const key = localName(name);
    // `r:id` is kept beside `id`, which `p:sldId` also has.
    if (name.includes(':')) local[name] = value;
    if (!name.includes(':') || local[key] === undefined) local[key] = value;
  }
  return local;
}

/**
 * Reads XML as events. No document type is accepted: office formats have none, and without one there are no entities to
 * expand. Errors: `source/corrupt` when it is not well formed, `source/too-deep` beyond `depthLimit`.
 */
export function readXml(xml: string, depthLimit: number, handlers: XmlHandlers): void {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('error', (error) => {
    throw new AppError('source/corrupt', `the file has broken XML: ${error.message}`);
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw new AppError('source/corrupt', 'the file has XML with its own entities, which are not read');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > depthLimit) throw new AppError('source/too-deep', `elements lie more than ${depthLimit} deep`);
    handlers.open?.(localName(tag.name), localAttributes(tag.attributes));
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close?.(localName(tag.name));
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.write(xml.startsWith('\ufeff') ? xml.slice(1) : xml).close();
}

/** Reads XML as a tree; for parts that are small by nature. Errors as `readXml`. */
export function readXmlTree(xml: string, depthLimit: number): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const stack = [root];
  readXml(xml, depthLimit, {
    open(name, attributes) {
      const element: XmlElement = { name, attributes, children: [] };
      stack.at(-1)?.children.push(element);
      stack.push(element);
    },
    close: () => stack.pop(),
    text: (text) => stack.at(-1)?.children.push(text),
  });
  return root;
}

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string';
}

/** Elements below `element` at any depth with one of the names, in document order; not looked for within a match. */
export function findAll(element: XmlElement, ...names: string[]): XmlElement[] {
  return element.children.filter(isElement).flatMap((child) => (names.includes(child.name) ? [child] : findAll(child, ...names)));
}

export function findFirst(element: XmlElement, name: string): XmlElement | undefined {
  return findAll(element, name)[0];
}

/** All text below an element. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (isElement(child) ? textOf(child) : child)).join('');
}
