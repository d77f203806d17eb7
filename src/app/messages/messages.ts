/** A text, or one text per plural category of `count`; `{name}` is replaced by the parameter of that name. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
export type Messages = Record<string, Message>;
export type Parameters = Record<string, string | number>;

/** Formats one message in a locale. Numbers are grouped by locale; an unknown parameter stays visible as `{name}`. */
export function formatMessage(message: Message, parameters: Parameters, locale: string): string {
  const text = typeof message === 'string' ? message : choosePlural(message, parameters['count'], locale);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function choosePlural(message: Exclude<Message, string>, count: unknown, locale: string): string {
  const rule = new Intl.PluralRules(locale).select(Number(count ?? 0));
  return message[rule] ?? message.other;
}
