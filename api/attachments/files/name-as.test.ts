import { describe, expect, it } from 'vitest';
import { nameAs } from './name-as.ts';

describe('the name of a file', () => {
  it.each([
    ['更正单.html', '更正单.pdf'],
    ['更正单.pdf.exe', '更正单.pdf.pdf'],
    ['更正单.PDF', '更正单.PDF'],
    ['更正单 2026.12', '更正单 2026.12.pdf'],
    ['收据第1.5页', '收据第1.5页.pdf'],
    ['.html', 'file.pdf'],
    ['file', 'file.pdf'],
  ])('that came as %s ends as a PDF: %s', (sent, kept) => {
    expect(nameAs(sent, 'application/pdf')).toBe(kept);
    expect(nameAs(kept, 'application/pdf')).toBe(kept);
  });

  it('of a picture keeps either of its endings', () => {
    expect(nameAs('照片.jpeg', 'image/jpeg')).toBe('照片.jpeg');
    expect(nameAs('照片.svg', 'image/jpeg')).toBe('照片.jpg');
  });

  it('stays short, and whole where a cut halves a character', () => {
    for (const length of [195, 196, 197, 198, 199]) {
      const kept = nameAs(`${'字'.repeat(length)}😀😀`.slice(0, 200).toWellFormed(), 'image/webp');
      expect(kept.length).toBeLessThanOrEqual(200);
      expect(() => encodeURIComponent(kept)).not.toThrow();
    }
  });
});
