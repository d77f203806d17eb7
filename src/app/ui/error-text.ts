import type { ErrorCode } from '#core/errors/app-error.ts';
import { t, type MessageKey } from '../messages/t.ts';

type ErrorWords = { what: MessageKey; safe: MessageKey; do: MessageKey };

const words = {
  aborted: { what: 'errors.aborted.what', safe: 'errors.safe-all', do: 'errors.aborted.do' },
  conflict: { what: 'errors.conflict.what', safe: 'errors.safe-all', do: 'errors.conflict.do' },
  'engine-gone': { what: 'errors.engine-gone.what', safe: 'errors.safe-all', do: 'errors.engine-gone.do' },
  internal: { what: 'errors.internal.what', safe: 'errors.safe-all', do: 'errors.internal.do' },
  'invalid-input': { what: 'errors.invalid-input.what', safe: 'errors.safe-all', do: 'errors.invalid-input.do' },
  'not-found': { what: 'errors.not-found.what', safe: 'errors.safe-others', do: 'errors.not-found.do' },
  offline: { what: 'errors.offline.what', safe: 'errors.safe-all', do: 'errors.offline.do' },
  'quota-exceeded': { what: 'errors.quota-exceeded.what', safe: 'errors.safe-stored', do: 'errors.quota-exceeded.do' },
  'storage-unavailable': { what: 'errors.storage-unavailable.what', safe: 'errors.safe-all', do: 'errors.storage-unavailable.do' },
  'version-not-supported': { what: 'errors.version-not-supported.what', safe: 'errors.safe-all', do: 'errors.version-not-supported.do' },
  'segment/corrupt': { what: 'errors.segment-corrupt.what', safe: 'errors.safe-others', do: 'errors.segment-corrupt.do' },
  'source/binary': { what: 'errors.source-binary.what', safe: 'errors.safe-others', do: 'errors.source-binary.do' },
  'source/corrupt': { what: 'errors.source-corrupt.what', safe: 'errors.safe-others', do: 'errors.source-corrupt.do' },
  'source/empty': { what: 'errors.source-empty.what', safe: 'errors.safe-others', do: 'errors.source-empty.do' },
  'source/encrypted': { what: 'errors.source-encrypted.what', safe: 'errors.safe-others', do: 'errors.source-encrypted.do' },
  'source/gone': { what: 'errors.source-gone.what', safe: 'errors.safe-others', do: 'errors.source-gone.do' },
  'source/no-text': { what: 'errors.source-no-text.what', safe: 'errors.safe-others', do: 'errors.source-no-text.do' },
  'source/timeout': { what: 'errors.source-timeout.what', safe: 'errors.safe-others', do: 'errors.source-timeout.do' },
  'source/too-deep': { what: 'errors.source-too-deep.what', safe: 'errors.safe-others', do: 'errors.source-too-deep.do' },
  'source/too-large': { what: 'errors.source-too-large.what', safe: 'errors.safe-others', do: 'errors.source-too-large.do' },
  'source/unsupported': { what: 'errors.source-unsupported.what', safe: 'errors.safe-others', do: 'errors.source-unsupported.do' },
  'source/zip-bomb': { what: 'errors.source-zip-bomb.what', safe: 'errors.safe-others', do: 'errors.source-zip-bomb.do' },
  'vectors/invalid': { what: 'errors.vectors-invalid.what', safe: 'errors.safe-others', do: 'errors.vectors-invalid.do' },
} satisfies Record<ErrorCode, ErrorWords>;

/** Only a PDF without text is a scan. */
const noWords: ErrorWords = { what: 'errors.source-no-words.what', safe: 'errors.safe-others', do: 'errors.source-no-words.do' };

/** The three parts of a failure: what happened, what is safe, what to do. `isPdf` matters to what has no text. */
export function errorParts(code: ErrorCode, isPdf = true): { what: string; safe: string; next: string } {
  const { what, safe, do: next } = code === 'source/no-text' && !isPdf ? noWords : words[code];
  return { what: t(what), safe: t(safe), next: t(next) };
}

/** A failure in one paragraph; codes of sources need the title they are about to read as a sentence. */
export function errorText(code: ErrorCode, title?: string): string {
  const { what, safe, next } = errorParts(code);
  if (code.startsWith('source/')) return t('errors.source', { title: title ?? t('errors.this-file'), what, safe, do: next });
  return t('errors.plain', { what, safe, do: next });
}
