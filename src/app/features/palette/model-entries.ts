import type { App } from '../../app-context.ts';
import { commandWords } from '../models/model-actions.tsx';
import { commandsOf, runModelCommand } from '../models/model-commands.ts';
import { groupModels } from '../models/group-models.ts';
import { canBeInstalled, stateWords } from '../models/model-words.ts';
import type { PaletteEntry } from './palette-entries.ts';

/** What can be done with the models of this device; what asks first is left to the Models page. */
export function modelEntries(app: App): PaletteEntry[] {
  const { models, device } = app.library.models.value;
  return groupModels(models).flatMap(({ model }) => {
    return commandsOf(model, canBeInstalled(model, app.library.models.value)).filter((command) => command !== 'remove' && command !== 'cancel').map((command) => ({
      id: `m-${command}-${model.key}`,
      label: `${commandWords(command, model)} ${model.title}`,
      note: stateWords(model, device),
      run: () => {
        runModelCommand(app, command, model);
        if (command === 'install' || command === 'resume') app.router.navigate({ page: 'models' });
      },
    }));
  });
}
