import { describe, expect, it } from 'vitest';
import { errorCodes } from '#core/errors/app-error.ts';
import { errorParts, errorText, shortReason } from './error-text.ts';

describe('failures in words', () => {
  it('say what happened, what is safe and what to do', () => {
    expect(errorText('source/encrypted', 'report.pdf')).toBe(
      'report.pdf could not be read: it is protected by a password. Your other sources are unchanged. Open it in a PDF program, save it without the password, and add it again.',
    );
  });

  it('speak of scans only where a PDF has no text', () => {
    expect(Object.values(errorParts('source/no-text', false)).join(' ')).not.toMatch(/scan|page|recognition/);
    expect(Object.values(errorParts('source/empty')).join(' ')).not.toMatch(/scan|page/);
    expect(errorParts('source/no-text', true).what).toContain('scans');
  });

  it('are calm and free of codes for every code there is', () => {
    for (const code of errorCodes) {
      const text = errorText(code, 'report.pdf');
      expect(text).not.toMatch(/!|oops|\{|\}|error/i);
      expect(text.match(/\.(\s|$)/g)?.length).toBeGreaterThanOrEqual(3);
      expect(shortReason(code)).toMatch(/^[a-z][A-Za-z ]{4,36}$/);
      if (code.includes('/')) expect(text).not.toContain(code);
    }
  });
});
