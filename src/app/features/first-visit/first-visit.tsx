import { useSignal } from '@preact/signals';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { TextWithLinks } from '../../ui/text-with-links.tsx';
import { AddButtons } from '../adding/add-buttons.tsx';
import { PasteForm } from '../adding/paste-form.tsx';
import { DeviceLine } from '../models/device-line.tsx';
import { SampleQuestions } from './sample-questions.tsx';

/** The empty library: the promise, the ways in, and a sample to try. */
export function FirstVisit() {
  const { adding, fail } = useApp();
  const opening = useSignal(false);
  const openSamples = () => {
    opening.value = true;
    adding.openSamples().catch(fail).finally(() => { opening.value = false; });
  };
  return (
    <div class="hello"><div class="column">
      <h1 class="tagline">{t('first.tagline')}</h1>
      <p class="lede">{t('first.lede')}</p>
      <div class="drop-zone">
        <p>{t('first.drop')}</p>
        <AddButtons big />
        <PasteForm />
      </div>
      <div class="try">
        <div class="row">
          <h2>{t('first.no-documents')}</h2>
          <button type="button" class="button" aria-disabled={opening.value} onClick={openSamples}>{t('first.try')}</button>
        </div>
        <SampleQuestions />
      </div>
      <div class="fine">
        <DeviceLine />
        <p><TextWithLinks k="first.privacy" parts={{ ledger: <Link to={{ page: 'settings' }}>{t('first.ledger')}</Link> }} /></p>
      </div>
    </div></div>
  );
}
