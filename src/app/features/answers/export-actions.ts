import type { App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { saveFile } from '../../ui/save-file.ts';
import { answerAsText, asHtml, asJson, asMarkdown } from './export-conversation.ts';

type Format = 'markdown' | 'html' | 'json';

const formats: Record<Format, { type: string; ending: string; write: (title: string, turns: readonly TurnView[]) => string }> = {
  markdown: { type: 'text/markdown', ending: 'md', write: asMarkdown },
  html: { type: 'text/html', ending: 'html', write: (title, turns) => asHtml(title, turns, document.documentElement.lang) },
  json: { type: 'application/json', ending: 'json', write: asJson },
};

/** Saves turns as a file. */
export function exportConversation(title: string, turns: readonly TurnView[], format: Format): void {
  const { type, ending, write } = formats[format];
  const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim().slice(0, 80) || 'answer';
  saveFile(new Blob([write(title, turns)], { type: `${type};charset=utf-8` }), `${name}.${ending}`);
}

/** Puts an answer with its citations on the clipboard. */
export async function copyAnswer({ notices, fail }: Pick<App, 'notices' | 'fail'>, turn: TurnView): Promise<void> {
  try {
    await navigator.clipboard.writeText(answerAsText(turn));
    notices.show({ kind: 'status', text: t('answers.copied') }, 4_000);
  } catch (thrown) {
    fail(thrown);
  }
}
