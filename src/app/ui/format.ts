/** The locale of dates and figures: the person's own variant of the page's language where the browser names one. */
export function formatLocale(pageLanguage = 'en', preferred: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return preferred.find((tag) => tag === pageLanguage || tag.startsWith(`${pageLanguage}-`)) ?? pageLanguage;
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units: "812 B", "64 KB", "8.4 MB", "11.8 GB". */
export function formatBytes(bytes: number, locale = formatLocale()): string {
  let unit = 0;
  let value = Math.max(0, bytes);
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const fractionDigits = unit >= 2 && value < 100 ? 1 : 0;
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: fractionDigits }).format(value);
  return `${figure} ${byteUnits[unit]}`;
}

/** A duration as a person says it: "0.3 ms", "21 ms", "3.4 s", "2 min", "1.5 h". */
export function formatDuration(ms: number, locale = formatLocale()): string {
  const figure = (value: number, digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (ms < 10) return `${figure(ms, 1)} ms`;
  if (ms < 999.5) return `${figure(ms, 0)} ms`;
  if (ms < 59_950) return `${figure(ms / 1000, ms < 9_950 ? 1 : 0)} s`;
  if (ms < 3_570_000) return `${figure(ms / 60_000, 0)} min`;
  return `${figure(ms / 3_600_000, 1)} h`;
}

/** A day as "3 May", with the year where it is not the present one. */
export function formatDay(iso: string, now = new Date(), locale = formatLocale()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const sameYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(date);
}

/** A time of day as a person says it, without seconds. */
export function formatClock(at: number | string, locale = formatLocale()): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** "3 May, 14:05", with the year where it is not the present one. */
export function formatMoment(iso: string, now = new Date(), locale = formatLocale()): string {
  return `${formatDay(iso, now, locale)}, ${formatClock(iso, locale)}`;
}

/** A share of 0..1 as a whole percentage, never rounded up to 100 before it is complete. */
export function formatPercent(share: number, locale = formatLocale()): string {
  const percent = share >= 1 ? 100 : Math.floor(Math.max(0, share) * 100);
  return `${new Intl.NumberFormat(locale).format(percent)} %`;
}
