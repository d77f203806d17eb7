/** Control, direction and tag characters: nobody sees them, and models read them. Line breaks and tabs stay. */
const unseen = /(?![\n\t])\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;
/** What opens a tag or a token of a chat form: `</passage>`, `<|im_end|>`, `<start_of_turn>`, `<think>`. `x < 5` stays. */
const opener = /<(?=[\p{L}/|!?_｜])/gu;
const instructionToken = /\[(\/?[A-Z][A-Z_]{2,})\]/gu;
const marks = /\[(\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8})\]/gu;

/**
 * A text as data of a prompt: whatever it says, it cannot end the passage it stands in, speak for another role, or pass
 * for a citation. Its words and figures stay; only brackets that could be read as form are exchanged for look-alikes.
 */
export function toInertText(text: string): string {
  return text.replace(unseen, '').replace(opener, '‹').replace(instructionToken, '($1)').replace(marks, '($1)');
}

/** The same on one line, without quotation marks: the value of an attribute. */
export function toInertTitle(title: string): string {
  return toInertText(title).replace(/["\s]+/gu, ' ').trim().slice(0, 120);
}
