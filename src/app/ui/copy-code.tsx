import { useApp } from '../app-context.ts';
import { t } from '../messages/t.ts';

/** The code of a failure with a button to copy it. */
export function CopyCode({ code }: { code: string }) {
  const { announcer } = useApp();
  const copy = () => { navigator.clipboard.writeText(code).then(() => announcer.say(t('errors.copied')), () => {}); };
  return <p class="row"><code>{code}</code><button type="button" class="textual" onClick={copy}>{t('errors.copy-code')}</button></p>;
}
