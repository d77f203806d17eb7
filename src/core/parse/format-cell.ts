/** Formats that a workbook refers to by number without spelling them out (ECMA-376 part 1, 18.8.30). */
const builtIn: Record<number, string> = {
  1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 11: '0.00E+00', 14: 'yyyy-mm-dd', 15: 'd-mmm-yy', 16: 'd-mmm', 17: 'mmm-yy',
  18: 'h:mm AM/PM', 19: 'h:mm:ss AM/PM', 20: 'h:mm', 21: 'h:mm:ss', 22: 'yyyy-mm-dd h:mm', 37: '#,##0', 38: '#,##0', 39: '#,##0.00', 40: '#,##0.00',
  45: 'mm:ss', 46: '[h]:mm:ss', 47: 'mm:ss', 49: '@',
};

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export function builtInFormat(id: number): string {
  return builtIn[id] ?? 'General';
}

/** The part of a format for a number's sign, without colours, conditions, locales and padding. */
function sectionFor(format: string, value: number): string {
  const sections = format.slice(0, 200).split(';');
  const section = (value < 0 && sections[1]) || (value === 0 && sections[2]) || sections[0] || '';
  return section.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '').replace(/[_*]./gu, '');
}

function isDateFormat(section: string): boolean {
  return /[ymdhs]/iu.test(section.replace(/"[^"]*"|\\./gu, '').replace(/General/giu, ''));
}

/** A day count of Excel's calendar as UTC parts; the 1900 system has a 29 February 1900 that never was. */
function toDate(serial: number, date1904: boolean): Date {
  const base = date1904 ? serial + 1462 : serial;
  const offset = base < 60 ? 25_568 : 25_569;
  return new Date(Math.round((base - offset) * 86_400) * 1000);
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function datePart(token: string, date: Date, minutes: boolean, halfDay: boolean, serial: number): string {
  const hours = date.getUTCHours();
  const lower = token.toLowerCase();
  if (lower.startsWith('[')) return String(Math.floor(serial * 24));
  if (lower.startsWith('y')) return lower.length > 2 ? String(date.getUTCFullYear()) : pad(date.getUTCFullYear() % 100, 2);
  if (lower.startsWith('m') && minutes) return pad(date.getUTCMinutes(), lower.length);
  if (/^m{3,}/u.test(lower)) return (months[date.getUTCMonth()] ?? '').slice(0, lower.length === 3 ? 3 : undefined);
  if (lower.startsWith('m')) return pad(date.getUTCMonth() + 1, lower.length);
  if (/^d{3,}/u.test(lower)) return (days[date.getUTCDay()] ?? '').slice(0, lower.length === 3 ? 3 : undefined);
  if (lower.startsWith('d')) return pad(date.getUTCDate(), lower.length);
  if (lower.startsWith('h')) return pad(halfDay ? hours % 12 || 12 : hours, lower.length);
  if (lower.startsWith('s')) return pad(date.getUTCSeconds(), lower.length);
  return hours < 12 ? 'AM' : 'PM';
}

function formatDate(serial: number, section: string, date1904: boolean): string {
  const date = toDate(serial, date1904);
  if (Number.isNaN(date.getTime())) return String(serial);
  const halfDay = /am\/pm|a\/p/iu.test(section);
  const tokens = section.match(/"[^"]*"|\\.|\[h+\]|am\/pm|a\/p|y+|m+|d+|h+|s+(?:\.0+)?|./giu) ?? [];
  let afterHours = false;
  return tokens.map((token, index) => {
    if (token.startsWith('"')) return token.slice(1, -1);
    if (token.startsWith('\\')) return token.slice(1);
    if (!/^(?:\[h|am\/pm|a\/p|[ymdhs])/iu.test(token)) return token;
    const next = tokens.slice(index + 1).find((one) => /^[ymdhs]/iu.test(one));
    const minutes = /^m{1,2}$/iu.test(token) && (afterHours || /^s/iu.test(next ?? ''));
    afterHours = /^\[?h/iu.test(token);
    return datePart(token, date, minutes, halfDay, serial);
  }).join('');
}

function formatNumber(value: number, section: string): string {
  const pattern = /[#0?][#0?,]*(?:\.([#0?]+))?(?:E[+-]0+)?/iu.exec(section);
  if (pattern === null) return general(value);
  const [digits, decimals = ''] = pattern;
  const percent = section.includes('%');
  const scaled = Math.abs(percent ? value * 100 : value);
  const least = decimals.replace(/[^0]/gu, '').length;
  let text: string;
  if (/E/iu.test(digits)) text = scaled.toExponential(decimals.length).toUpperCase();
  else {
    text = scaled.toLocaleString('en-US', {
      useGrouping: digits.includes(','), minimumFractionDigits: least, maximumFractionDigits: decimals.length,
    });
  }
  const literal = (part: string): string => part.replace(/"([^"]*)"/gu, '$1').replace(/\\(.)/gu, '$1');
  const sign = value < 0 && !/[(-]/u.test(section) ? '-' : '';
  return sign + (literal(section.slice(0, pattern.index)) + text + literal(section.slice(pattern.index + digits.length))).trim();
}

/** A number as it is, without the noise of binary fractions. */
function general(value: number): string {
  return String(Number(value.toPrecision(15)));
}

/**
 * A cell's number as the sheet shows it by its format code: dates and times, percents, groups of thousands, decimals,
 * currency signs. Fractions and conditions are not followed: such a number is shown as it is.
 */
export function formatCell(value: number, format: string, date1904: boolean): string {
  if (/^general$/iu.test(format) || format === '@' || format === '') return general(value);
  const section = sectionFor(format, value);
  if (isDateFormat(section)) return value >= 0 && value < 2_958_466 ? formatDate(value, section, date1904) : general(value);
  return formatNumber(value, section);
}

