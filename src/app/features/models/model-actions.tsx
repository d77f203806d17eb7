import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ModelState } from '#core/models/model-state.ts';
import { useApp } from '../../app-context.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import { formatBytes } from '../../ui/format.ts';
import { commandsOf, runModelCommand, type ModelCommand } from './model-commands.ts';

const labels: Record<ModelCommand, MessageKey> = {
  install: 'models.install', pause: 'models.pause', resume: 'models.resume', cancel: 'models.cancel', use: 'models.use',
  'stop-using': 'models.stop-using', repair: 'models.repair', 'try-again': 'models.try-again', remove: 'models.remove',
};

/** The word on a command's button; checking what is whole anew is a repair with nothing broken. */
export function commandWords(command: ModelCommand, { phase }: Pick<ModelState, 'phase'>): string {
  return t(command === 'repair' && phase !== 'failed' ? 'models.check-again-short' : labels[command]);
}

const plainCommands: ReadonlySet<ModelCommand> = new Set(['install', 'pause', 'resume', 'use', 'try-again']);

/** What can be done with a model; removing asks first, since there is no way back but downloading it again. */
export function ModelActions({ model, title, canInstall }: { model: ModelState; title: string; canInstall: boolean }) {
  const app = useApp();
  const removing = useSignal(false);
  const row = useRef<HTMLDivElement>(null);
  const keep = () => {
    removing.value = false;
    queueMicrotask(() => row.current?.querySelector<HTMLElement>('[data-command=remove]')?.focus());
  };
  if (removing.value) return <RemoveQuestion model={model} title={title} onKeep={keep} onRemove={() => { removing.value = false; runModelCommand(app, 'remove', model); }} />;
  const run = (command: ModelCommand) => {
    if (command === 'remove') removing.value = true;
    else runModelCommand(app, command, model);
  };
  return (
    <div class="row" ref={row}>
      {commandsOf(model, canInstall).map((command, index) => (
        <button key={index} type="button" data-command={command} class={isPlain(command, model) ? 'button' : 'button bare'} onClick={() => run(command)}>
          {commandWords(command, model)}<span class="hidden-text"> {title}</span>
        </button>
      ))}
    </div>
  );
}

function isPlain(command: ModelCommand, { phase }: ModelState): boolean {
  return plainCommands.has(command) || (command === 'repair' && phase === 'failed');
}

type QuestionProps = { model: ModelState; title: string; onKeep: () => void; onRemove: () => void };

function RemoveQuestion({ model, title, onKeep, onRemove }: QuestionProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const question = t('models.remove-ask', { title, size: formatBytes(model.storedBytes) });
  return (
    <div class="row remove-question" role="group" aria-label={question}>
      <p>{question}</p>
      <button ref={first} type="button" class="button" onClick={onRemove}>{t('models.remove-yes')}</button>
      <button type="button" class="button bare" onClick={onKeep}>{t('models.remove-no')}</button>
    </div>
  );
}
