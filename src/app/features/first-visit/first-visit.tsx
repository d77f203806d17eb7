import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { TextWithLinks } from '../../ui/text-with-links.tsx';
import { DeviceLine } from '../models/device-line.tsx';
import { WaysIn } from './ways-in.tsx';

/** The empty library: the promise, the ways in, and a sample to try. */
export function FirstVisit() {
  return (
    <div class="hello"><div class="column">
      <h1 class="tagline">{t('first.tagline')}</h1>
      <p class="lede">{t('first.lede')}</p>
      <WaysIn />
      <div class="fine">
        <DeviceLine />
        <p><TextWithLinks k="first.privacy" parts={{ ledger: <Link to={{ page: 'settings' }}>{t('first.ledger')}</Link> }} /></p>
      </div>
    </div></div>
  );
}
