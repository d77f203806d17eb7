import type { ErrorCode } from '#core/errors/app-error.ts';
import { t, type MessageKey } from '../messages/t.ts';

type ErrorWords = { what: MessageKey; safe: MessageKey; do: MessageKey; short?: MessageKey };

const words = {
  aborted: { what: 'errors.aborted.what', safe: 'errors.safe-all', do: 'errors.aborted.do' },
  conflict: { what: 'errors.conflict.what', safe: 'errors.safe-all', do: 'errors.conflict.do' },
  'device-lost': { what: 'errors.device-lost.what', safe: 'errors.safe-all', do: 'errors.device-lost.do' },
  'engine-gone': { what: 'errors.engine-gone.what', safe: 'errors.safe-all', do: 'errors.engine-gone.do' },
  internal: { what: 'errors.internal.what', safe: 'errors.safe-all', do: 'errors.internal.do' },
  'invalid-input': { what: 'errors.invalid-input.what', safe: 'errors.safe-all', do: 'errors.invalid-input.do' },
  'model/corrupt': { what: 'errors.model-corrupt.what', safe: 'errors.safe-all', do: 'errors.model-corrupt.do' },
  'model/failed': { what: 'errors.model-failed.what', safe: 'errors.safe-all', do: 'errors.model-failed.do' },
  'model/invalid': { what: 'errors.model-invalid.what', safe: 'errors.safe-all', do: 'errors.model-invalid.do' },
  'model/missing': { what: 'errors.model-missing.what', safe: 'errors.safe-all', do: 'errors.model-missing.do' },
  'model/out-of-memory': { what: 'errors.model-out-of-memory.what', safe: 'errors.safe-all', do: 'errors.model-out-of-memory.do' },
  'model/unsupported': { what: 'errors.model-unsupported.what', safe: 'errors.safe-all', do: 'errors.model-unsupported.do' },
  'model/wrong-numbers': { what: 'errors.model-wrong-numbers.what', safe: 'errors.safe-all', do: 'errors.model-wrong-numbers.do' },
  'not-found': { what: 'errors.not-found.what', safe: 'errors.safe-others', do: 'errors.not-found.do' },
  offline: { what: 'errors.offline.what', safe: 'errors.safe-all', do: 'errors.offline.do' },
  'quota-exceeded': { what: 'errors.quota-exceeded.what', safe: 'errors.safe-stored', do: 'errors.quota-exceeded.do', short: 'errors.quota-exceeded.short' },
  'storage-unavailable': { what: 'errors.storage-unavailable.what', safe: 'errors.safe-all', do: 'errors.storage-unavailable.do' },
  timeout: { what: 'errors.timeout.what', safe: 'errors.safe-all', do: 'errors.timeout.do' },
  'version-not-supported': { what: 'errors.version-not-supported.what', safe: 'errors.safe-all', do: 'errors.version-not-supported.do' },
  'segment/corrupt': { what: 'errors.segment-corrupt.what', safe: 'errors.safe-others', do: 'errors.segment-corrupt.do' },
  'source/binary': { what: 'errors.source-binary.what', safe: 'errors.safe-others', do: 'errors.source-binary.do', short: 'errors.source-binary.short' },
  'source/corrupt': { what: 'errors.source-corrupt.what', safe: 'errors.safe-others', do: 'errors.source-corrupt.do', short: 'errors.source-corrupt.short' },
  'source/empty': { what: 'errors.source-empty.what', safe: 'errors.safe-others', do: 'errors.source-empty.do', short: 'errors.source-empty.short' },
  'source/encrypted': { what: 'errors.source-encrypted.what', safe: 'errors.safe-others', do: 'errors.source-encrypted.do', short: 'errors.source-encrypted.short' },
  'source/gone': { what: 'errors.source-gone.what', safe: 'errors.safe-others', do: 'errors.source-gone.do', short: 'errors.source-gone.short' },
  'source/no-text': { what: 'errors.source-no-text.what', safe: 'errors.safe-others', do: 'errors.source-no-text.do', short: 'errors.source-no-text.short' },
  'source/timeout': { what: 'errors.source-timeout.what', safe: 'errors.safe-others', do: 'errors.source-timeout.do', short: 'errors.source-timeout.short' },
  'source/too-deep': { what: 'errors.source-too-deep.what', safe: 'errors.safe-others', do: 'errors.source-too-deep.do', short: 'errors.source-too-deep.short' },
  'source/too-large': { what: 'errors.source-too-large.what', safe: 'errors.safe-others', do: 'errors.source-too-large.do', short: 'errors.source-too-large.short' },
  'source/unsupported': { what: 'errors.source-unsupported.what', safe: 'errors.safe-others', do: 'errors.source-unsupported.do', short: 'errors.source-unsupported.short' },
  'source/zip-bomb': { what: 'errors.source-zip-bomb.what', safe: 'errors.safe-others', do: 'errors.source-zip-bomb.do', short: 'errors.source-zip-bomb.short' },
  'vectors/invalid': { what: 'errors.vectors-invalid.what', safe: 'errors.safe-others', do: 'errors.vectors-invalid.do' },
} satisfies Record<ErrorCode, ErrorWords>;

/** Only a PDF without text is a scan. */
const noWords: ErrorWords = { what: 'errors.source-no-words.what', safe: 'errors.safe-others', do: 'errors.source-no-words.do', short: 'errors.source-no-words.short' };

/** The three parts of a failure: what happened, what is safe, what to do. `isPdf` matters to what has no text. */
export function errorParts(code: ErrorCode, isPdf = true): { what: string; safe: string; next: string } {
  const { what, safe, do: next } = wordsOf(code, isPdf);
  return { what: t(what), safe: t(safe), next: t(next) };
}

/** Why a source could not be read, in a few words. */
export function shortReason(code: ErrorCode, isPdf = true): string {
  return t(wordsOf(code, isPdf).short ?? 'errors.internal.short');
}

function wordsOf(code: ErrorCode, isPdf: boolean): ErrorWords {
  return code === 'source/no-text' && !isPdf ? noWords : words[code];
}

/** A failure in one paragraph; codes of sources need the title they are about to read as a sentence. */
export function errorText(code: ErrorCode, title?: string): string {
  const { what, safe, next } = errorParts(code);
  if (code.startsWith('source/')) return t('errors.source', { title: title ?? t('errors.this-file'), what, safe, do: next });
  return t('errors.plain', { what, safe, do: next });
}
