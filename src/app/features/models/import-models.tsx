import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { readChosenFiles } from '../adding/read-dropped-files.ts';

/** Every browser has it; the types of inputs do not. */
const wholeFolder = { webkitdirectory: true };

/** Brings models in from files, for devices that download none. */
export function ImportModels() {
  const { engine, library, notices, fail } = useApp();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const isReading = useSignal(false);
  const bringIn = async (input: HTMLInputElement) => {
    const chosen = readChosenFiles(input.files ?? []);
    input.value = '';
    if (chosen.length === 0) return;
    isReading.value = true;
    try {
      const keys = await engine.importModels(chosen);
      const titles = keys.map((key) => library.models.value.models.find((model) => model.key === key)?.title ?? key).join(', ');
      notices.show({ kind: 'status', text: keys.length > 0 ? t('models.imported', { count: keys.length, titles }) : t('models.imported-none') }, 10_000);
    } catch (thrown) {
      fail(thrown);
    } finally {
      isReading.value = false;
    }
  };
  return (
    <div class="import-models">
      <p class="small quiet">{t('models.import-words')}</p>
      <div class="row">
        <button type="button" class="button" aria-disabled={isReading.value} onClick={() => { if (!isReading.value) files.current?.click(); }}>{t('models.import-files')}</button>
        <button type="button" class="button" aria-disabled={isReading.value} onClick={() => { if (!isReading.value) folder.current?.click(); }}>{t('models.import-folder')}</button>
        <span role="status" class="small quiet">{isReading.value ? t('models.importing') : ''}</span>
      </div>
      <input ref={files} type="file" multiple hidden aria-label={t('models.import-files')} onChange={(event) => void bringIn(event.currentTarget)} />
      <input ref={folder} type="file" {...wholeFolder} hidden aria-label={t('models.import-folder')} onChange={(event) => void bringIn(event.currentTarget)} />
    </div>
  );
}
