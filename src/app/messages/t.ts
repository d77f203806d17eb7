import { english } from './en/english.ts';
import { formatMessage, type Parameters } from './messages.ts';

export type MessageKey = keyof typeof english;

/** The text of a message in the page's language. */
export function t(key: MessageKey, parameters: Parameters = {}): string {
  return formatMessage(english[key], parameters, 'en');
}
