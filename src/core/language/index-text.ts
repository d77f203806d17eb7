import type { Passage } from '../document/passage.ts';

/**
 * What is indexed of a passage, by keyword and by meaning alike: the headings it stands under, outermost first, then its
 * text. A heading that is itself a block of the passage is not said twice.
 */
export function indexText(passage: Passage): string {
  if (passage.headings.length === 0) return passage.text;
  const own = new Set<string>();
  passage.blocks.forEach((block, index) => {
    if (block.kind !== 'heading') return;
    own.add(passage.text.slice(block.at, passage.blocks[index + 1]?.at ?? passage.text.length).trim());
  });
  const headings = passage.headings.filter((heading) => !own.has(heading.trim()));
  return headings.length === 0 ? passage.text : `${headings.join('\n')}\n${passage.text}`;
}
