import { useId } from 'preact/hooks';
import type { Citation } from '#core/answer/answer-types.ts';
import { useApp } from '../../app-context.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { Link } from '../../router/link.tsx';
import type { Route } from '../../router/route.ts';
import { citationName, placeWords, verificationWords } from './answer-words.ts';
import { fullPlaceWords, sectionWords } from './section-words.ts';
import { shownQuote } from './shown-quote.ts';

/** The route that shows a citation in its source. */
export function citationRoute({ corpus, document, start, end }: Citation): Route {
  return { page: 'source', collection: corpus, source: document, span: { start, end } };
}

type CitationProps = { turn: TurnView; citation: Citation };

/** The numbered chip. It shows its quote while pointed at or focused, and opens the source at the cited span. */
export function CitationChip({ turn, citation }: CitationProps) {
  const { conversations } = useApp();
  const id = useId();
  const conversation = conversations.current.value.id.value;
  const isOpen = useIsOpen(turn, citation);
  return (
    <span class="hold">
      <Link
        class={`cite ${citation.verification}`}
        to={citationRoute(citation)}
        place={{ answer: turn.id, ...(conversation && { conversation }) }}
        aria-label={citationName(citation)}
        aria-describedby={id}
        aria-current={isOpen ? 'true' : undefined}
      >
        {citation.number}
      </Link>
      <span class="peek" role="tooltip" id={id}>
        <q dir="auto">{shownQuote(turn, citation)}</q>
        <span>{fullPlaceWords(turn, citation)}<br />{verificationWords(citation.verification)}</span>
      </span>
    </span>
  );
}

/** The title and page below a quote, as a link to the span; without pages, where in the document it stands. */
export function CitationPlace({ turn, citation, label }: CitationProps & { label?: string }) {
  const { conversations } = useApp();
  const conversation = conversations.current.value.id.value;
  const section = sectionWords(turn, citation);
  return (
    <>
      <Link to={citationRoute(citation)} place={{ answer: turn.id, ...(conversation && { conversation }) }} aria-label={label}>{placeWords(citation)}</Link>
      {section && <span dir="auto"> · {section}</span>}
    </>
  );
}

function useIsOpen(turn: TurnView, citation: Citation): boolean {
  const { router } = useApp();
  const route = router.route.value;
  return route.page === 'source' && route.source === citation.document && route.span?.start === citation.start
    && route.span.end === citation.end && (router.place.value.answer ?? turn.id) === turn.id;
}
