import type { ModelState } from '#core/models/model-state.ts';
import { t } from '../../messages/t.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { errorParts } from '../../ui/error-text.ts';
import { formatBytes } from '../../ui/format.ts';
import { placeOfProfile } from './device-words.ts';

/** Why a model does not run: what happened, what is safe, what to do, with the code and what was tried behind Details. */
export function ModelFailure({ model }: { model: ModelState }) {
  const code = model.error?.code ?? 'internal';
  const { what, safe, next } = errorParts(code);
  const room = roomWords(model);
  return (
    <div class="standing failed" role="alert">
      <p>{what} {room && `${room} `}{safe} {next}</p>
      <details>
        <summary>{t('errors.details')}</summary>
        <CopyCode code={code} />
        {model.attempts && model.attempts.length > 0 && <Attempts attempts={model.attempts} />}
      </details>
    </div>
  );
}

/** "It needs 127 MB; 40 MB are free.", where the failure says so. */
function roomWords({ error }: ModelState): string | undefined {
  const needed = error?.detail?.['neededBytes'];
  const free = error?.detail?.['freeBytes'];
  if (typeof needed !== 'number' || typeof free !== 'number') return undefined;
  return t('models.needs-room', { needed: formatBytes(needed), free: formatBytes(free) });
}

function Attempts({ attempts }: { attempts: NonNullable<ModelState['attempts']> }) {
  return (
    <>
      <p>{t('models.attempts')}</p>
      <ul>{attempts.map(({ profile, reason }, index) => <li key={index}>{t('models.attempt', { place: placeOfProfile(profile), dtype: profile.dtype, reason })}</li>)}</ul>
    </>
  );
}
