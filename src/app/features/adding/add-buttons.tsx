import { useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { readChosenFiles } from './read-dropped-files.ts';

/** Every browser has it; the types of inputs do not. */
const wholeFolder = { webkitdirectory: true };

/** Add files, Add folder, Paste text. `big` on the first visit, small at the head of the sources. */
export function AddButtons({ big = false }: { big?: boolean }) {
  const { adding, fail } = useApp();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const add = (input: HTMLInputElement) => {
    const chosen = readChosenFiles(input.files ?? []);
    input.value = '';
    adding.addFiles(chosen).catch(fail);
  };
  const look = big ? 'button big' : 'button';
  return (
    <div class={big ? 'row' : 'add-trio'}>
      <button type="button" class={big ? `${look} main` : look} onClick={() => files.current?.click()}>{t('adding.files')}</button>
      <button type="button" class={look} onClick={() => folder.current?.click()}>{t('adding.folder')}</button>
      <button type="button" class={look} aria-expanded={adding.pasting.value} onClick={() => { adding.pasting.value = !adding.pasting.value; }}>{t('adding.paste')}</button>
      <input ref={files} type="file" multiple hidden aria-label={t('adding.files')} onChange={(event) => add(event.currentTarget)} />
      <input ref={folder} type="file" {...wholeFolder} hidden aria-label={t('adding.folder')} onChange={(event) => add(event.currentTarget)} />
    </div>
  );
}
