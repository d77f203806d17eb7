/**
 * What a parser found a stretch of text to be. `level` counts headings from 1 and list items from 1. A `running-head` stands at
 * the edge of several pages and is never quoted.
 */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'quote' | 'caption' | 'slide' | 'sheet' | 'running-head';

/**
 * Where in the original a block begins. One of:
 * - `page`: 1-based page of a PDF (slide of a PPTX);
 * - `path`: element path in a DOCX, HTML or EPUB body, e.g. `chapter2.xhtml#body/2/0`; sheet and row of a spreadsheet;
 * - nothing: the character offset in the parsed text, which every block has, is the anchor (text, Markdown, code).
 */
export type Anchor = { page?: number; path?: string };

/**
 * One block of a document. `start` and `end` are UTF-16 offsets into `ParsedDocument.text`; blocks are in order and do
 * not overlap, and only white space lies between them.
 */
export type Block = {
  kind: BlockKind;
  level?: number;
  start: number;
  end: number;
  anchor?: Anchor;
  /** For a table row: the text of the header row it stands under, where the table has one. */
  header?: string;
};

export type SourceType =
  | 'pdf' | 'docx' | 'pptx' | 'xlsx' | 'epub' | 'html' | 'markdown' | 'text' | 'csv' | 'json' | 'code';

/** Which parts of the original gave text; pages are 1-based. Scanned pages are named here, never silently dropped. */
export type Coverage = { pages: number; unreadPages: number[] };

/**
 * What a parser yields. `text` is the one coordinate system of Alcove: passages, citations and the viewer's marks are all
 * UTF-16 ranges of it.
 */
export type ParsedDocument = {
  type: SourceType;
  title: string;
  text: string;
  blocks: Block[];
  /** PDF and PPTX: offset in `text` at which each page begins (index 0 is page 1). */
  pageStarts?: number[];
  coverage?: Coverage;
  /** BCP 47 language as declared by the original, if it declares one. */
  declaredLanguage?: string;
};
