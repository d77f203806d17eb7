import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { formatDuration } from '../../ui/format.ts';
import { countWords } from './source-words.ts';

/**
 * One line over all sources: while they are read how far and how long still, with Pause and Resume; else how many there
 * are. It always stands, so that nothing below moves when work begins or ends.
 */
export function WorkLine() {
  const { library } = useApp();
  if (library.sources.value.size === 0) return null;
  const { done, total } = library.work.value;
  const isWorking = total > 0 && done < total;
  return (
    <div class="work">
      <div class="row">{isWorking ? <Progress /> : <Totals />}</div>
      <progress value={isWorking ? done : 0} max={Math.max(1, total)} aria-label={t('library.work-progress')} class={isWorking ? undefined : 'idle'} aria-hidden={!isWorking} />
    </div>
  );
}

function Progress() {
  const { library, engine, fail } = useApp();
  const { paused, secondsLeft } = library.work.value;
  const toggle = () => { (paused ? engine.resumeWork() : engine.pauseWork()).catch(fail); };
  return (
    <>
      <p role="status">
        <strong>{t(paused ? 'library.work-paused' : 'library.work-reading', { sources: countWords([...library.sources.value.values()]) })}</strong>
        {!paused && secondsLeft !== undefined && <span class="quiet"> · {t('library.time-left', { time: formatDuration(Math.max(1, secondsLeft) * 1000) })}</span>}
      </p>
      <button type="button" class="textual" onClick={toggle}>{t(paused ? 'library.resume' : 'library.pause')}</button>
    </>
  );
}

function Totals() {
  const { library } = useApp();
  const sources = [...library.sources.value.values()];
  const passages = sources.reduce((sum, source) => sum + (source.passages ?? 0), 0);
  return <p role="status" class="quiet num">{t('library.totals', { sources: countWords(sources), count: passages })}</p>;
}
