import { useApp } from '../../app-context.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import './palette.css';

const command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const keys: [string, MessageKey][] = [
  [`${command} K`, 'keys.palette'],
  ['/', 'keys.focus'],
  ['Enter', 'keys.ask'],
  ['Up', 'keys.recall'],
  ['Esc', 'keys.stop'],
  [`${command} B`, 'keys.library'],
  [`${command} Shift O`, 'keys.new'],
  ['[ ]', 'keys.citations'],
  [`${command} F`, 'keys.find'],
  ['?', 'keys.help'],
];

/** All keys of the page. */
export function KeysDialog() {
  const { layout } = useApp();
  const close = () => { layout.overlay.value = undefined; };
  return (
    <ModalDialog label={t('keys.title')} class="keys-dialog" onClose={close}>
      <header><h2>{t('keys.title')}</h2><button type="button" class="button bare" onClick={close}>{t('keys.close')}</button></header>
      <table><tbody>{keys.map(([key, label]) => <tr key={key}><th scope="row">{key}</th><td>{t(label)}</td></tr>)}</tbody></table>
    </ModalDialog>
  );
}
