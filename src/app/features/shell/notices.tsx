import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Notice } from '../../model/notices.ts';
import { CopyCode } from '../../ui/copy-code.tsx';

/** Results with a way back, failures with what to do, and a waiting update. They lie over the page and move nothing. */
export function Notices() {
  const { notices, offline } = useApp();
  const update = offline.update.value;
  return (
    <section class="notices" aria-label={t('shell.notices')}>
      {update && (
        <div class="notice" role="status">
          <p>{t('shell.update-ready')}</p>
          <div class="row">
            <button type="button" class="button main" onClick={update}>{t('shell.update-now')}</button>
            <button type="button" class="button bare" onClick={() => offline.putOffUpdate()}>{t('shell.update-later')}</button>
          </div>
        </div>
      )}
      {notices.list.value.map((notice) => <NoticeLine key={notice.id} notice={notice} />)}
    </section>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const { notices } = useApp();
  return (
    <div class={`notice ${notice.kind}`} role={notice.kind}>
      <div>
        <p>{notice.text}</p>
        {notice.code && <details><summary>{t('errors.details')}</summary><CopyCode code={notice.code} /></details>}
      </div>
      <div class="row">
        {notice.action && <button type="button" class="button" onClick={() => notices.close(notice.id, true)}>{notice.action.label}</button>}
        <button type="button" class="button bare" aria-label={t('shell.close-notice')} onClick={() => notices.close(notice.id, false)}>{t('errors.close')}</button>
      </div>
    </div>
  );
}
