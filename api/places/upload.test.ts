import { describe, expect, it } from 'vitest';
import { cleanName } from './upload.ts';

describe('the name of a file that is sent', () => {
  it('is whole where a cut halves a character', () => {
    for (const length of [197, 198, 199, 200]) {
      const cut = cleanName(`${'字'.repeat(length)}😀😀`);
      expect(cut.length).toBeLessThanOrEqual(200);
      expect(() => encodeURIComponent(cut)).not.toThrow();
    }
  });

  it('holds nothing that steers a line or turns the rest around', () => {
    expect(cleanName('更正\u202Efdp\u2066单\r\n\0\u009B.pdf')).toBe('更正fdp单.pdf');
    expect(cleanName('\u202E\n')).toBe('file');
  });
});
