import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatDuration } from '../../ui/format.ts';

/** One line over all sources while they are read: how far, how long still, Pause and Resume. */
export function WorkLine() {
  const { library, engine, fail } = useApp();
  const { paused, done, total, secondsLeft } = library.work.value;
  if (total === 0 || done >= total) return null;
  const toggle = () => { (paused ? engine.resumeWork() : engine.pauseWork()).catch(fail); };
  return (
    <div class="work">
      <div class="row">
        <p role="status">
          <strong>{t(paused ? 'library.work-paused' : 'library.work-reading', { done, total })}</strong>
          {!paused && secondsLeft !== undefined && <span class="quiet"> · {t('library.time-left', { time: formatDuration(Math.max(1, secondsLeft) * 1000) })}</span>}
        </p>
        <button type="button" class="textual" onClick={toggle}>{t(paused ? 'library.resume' : 'library.pause')}</button>
      </div>
      <progress value={done} max={total} aria-label={t('library.work-progress')} />
    </div>
  );
}
