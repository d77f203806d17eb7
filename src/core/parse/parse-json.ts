import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import type { ParseContext } from './parse-context.ts';
import { addNotebook, isNotebook } from './read-notebook.ts';
import { parseText } from './parse-text.ts';
import { titleFromName } from './title-from-name.ts';

/** Beyond this, in UTF-16 units, JSON is read as plain text: as values it would take many times its size in memory. */
const longestStructured = 32 * 2 ** 20;
/** A record's lines stay together up to this length. */
const longestRecord = 1200;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function childPath(path: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Writes values as lines `path: value`, a block a record: an object or list whose lines fit into one. */
class JsonWriter {
  private lines: string[] = [];
  private characters = 0;
  private readonly builder: DocumentBuilder;
  private readonly context: ParseContext;

  constructor(builder: DocumentBuilder, context: ParseContext) {
    this.builder = builder;
    this.context = context;
  }

  async write(value: unknown, path: string, depth: number): Promise<void> {
    if (depth > this.context.limits.depth) {
      throw new AppError('source/too-deep', `values lie more than ${this.context.limits.depth} deep`);
    }
    if (!isContainer(value)) {
      this.line(path, value);
      return;
    }
    const entries = Object.entries(value);
    for (const [key, child] of entries) {
      if (depth < 2 && isContainer(child)) this.flush();
      await this.write(child, childPath(path, key, Array.isArray(value)), depth + 1);
      if (depth < 2 && isContainer(child)) this.flush();
      if (depth === 0) await this.context.report(this.builder.length, this.builder.length);
    }
  }

  private line(path: string, value: unknown): void {
    this.context.checkpoint();
    const text = path === '' ? String(value) : `${path}: ${String(value)}`;
    if (this.characters + text.length > longestRecord) this.flush();
    this.lines.push(text);
    this.characters += text.length + 1;
  }

  flush(): void {
    this.builder.add('paragraph', this.lines.join('\n'));
    this.lines = [];
    this.characters = 0;
  }
}

/** JSON of one value, or one a line (JSON Lines); undefined when it is neither. */
export function readJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2 || !/^\s*[[{]/u.test(lines[0] ?? '')) return undefined;
    try {
      return { value: lines.map((line) => JSON.parse(line) as unknown) };
    } catch {
      return undefined;
    }
  }
}

/**
 * JSON as lines of `path: value`; a notebook as its cells. What is no JSON after all, or too long to hold as values, is
 * read as text. Errors: `source/too-deep`, `source/too-large`.
 */
export async function parseJson(name: string, text: string, context: ParseContext): Promise<ParsedDocument> {
  const json = text.length > longestStructured ? undefined : readJson(text);
  if (json === undefined) return { ...(await parseText(name, text, context)), type: 'json' };
  const builder = new DocumentBuilder(context.limits.characters);
  if (isNotebook(json.value)) {
    addNotebook(builder, json.value);
    return { type: 'code', title: titleFromName(name), text: builder.text, blocks: builder.blocks };
  }
  const writer = new JsonWriter(builder, context);
  await writer.write(json.value, '', 0);
  writer.flush();
  return { type: 'json', title: titleFromName(name), text: builder.text, blocks: builder.blocks };
}
