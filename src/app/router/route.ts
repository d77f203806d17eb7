import type { ConversationId, CorpusId, DocumentId } from '#core/ids.ts';

/** UTF-16 range of a document's text. */
export type Span = { start: number; end: number };

/** What the address says is shown. */
export type Route =
  | { page: 'home' }
  | { page: 'collection'; collection: CorpusId }
  | { page: 'source'; collection: CorpusId; source: DocumentId; span?: Span }
  | { page: 'chat'; conversation: ConversationId }
  | { page: 'models' | 'bench' | 'settings' | 'team' | 'join' }
  | { page: 'unknown'; path: string };

const plainPages = ['models', 'bench', 'settings', 'team', 'join'] as const;

/** Reads an address; anything not understood becomes `unknown` and is never thrown away. */
export function parseRoute(address: { pathname: string; hash: string }): Route {
  const parts = address.pathname.split('/').filter(Boolean).map(decodePart);
  const [first, second, third, fourth] = parts;
  if (parts.length === 0) return { page: 'home' };
  const plain = plainPages.find((page) => page === first);
  if (plain && parts.length === 1) return { page: plain };
  if (first === 'chat' && second && parts.length === 2) return { page: 'chat', conversation: second as ConversationId };
  if (first === 'c' && second && parts.length === 2) return { page: 'collection', collection: second as CorpusId };
  if (first === 'c' && second && third === 's' && fourth && parts.length === 4) {
    const span = parseSpan(address.hash);
    return { page: 'source', collection: second as CorpusId, source: fourth as DocumentId, ...(span && { span }) };
  }
  return { page: 'unknown', path: address.pathname };
}

/** The address of a route, the inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'home': return '/';
    case 'collection': return `/c/${encodeURIComponent(route.collection)}`;
    case 'chat': return `/chat/${encodeURIComponent(route.conversation)}`;
    case 'source': {
      const hash = route.span ? `#${route.span.start}-${route.span.end}` : '';
      return `/c/${encodeURIComponent(route.collection)}/s/${encodeURIComponent(route.source)}${hash}`;
    }
    case 'unknown': return route.path;
    default: return `/${route.page}`;
  }
}

function parseSpan(hash: string): Span | undefined {
  const match = /^#(\d{1,15})-(\d{1,15})$/.exec(hash);
  if (!match) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return end > start ? { start, end } : undefined;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
