import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The custom properties of each block with exactly this selector. */
function blocks(selector: string): Map<string, string>[] {
  const found: Map<string, string>[] = [];
  for (const match of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const name = (match[1] ?? '').replace(/\/\*[\s\S]*?\*\//g, '').trim();
    if (name !== selector) continue;
    const pairs = [...(match[2] ?? '').matchAll(/(--[\w-]+):\s*([^;]+);/g)];
    found.push(new Map(pairs.map((pair) => [pair[1] ?? '', (pair[2] ?? '').trim()])));
  }
  return found;
}

function one(selector: string): Map<string, string> {
  const [block, ...more] = blocks(selector);
  if (block === undefined || more.length > 0) throw new Error(`expected one block for ${selector}`);
  return block;
}

const light = one(':root');
const dark = one(":root[data-theme='dark']");
const darkBySystem = one(":root:not([data-theme='light'])");
const elder = one(":root[data-mode='elder']");
const elderDark = one(":root[data-mode='elder'][data-theme='dark']");

/** WCAG 2.2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(palette: Map<string, string>, front: string, back: string): number {
  const [a, b] = [palette.get(front), palette.get(back)].map((hex) => {
    if (hex === undefined || !/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`no colour ${front} or ${back}`);
    return luminance(hex);
  });
  const [high, low] = [Math.max(a ?? 0, b ?? 0), Math.min(a ?? 0, b ?? 0)];
  return (high + 0.05) / (low + 0.05);
}

const words = ['--ink', '--quiet', '--accent', '--pine', '--amber'];
const pairs = [
  ...words.flatMap((front) => [
    [front, '--paper'],
    [front, '--leaf'],
  ]),
  ['--ink', '--accent-wash'],
  ['--accent', '--accent-wash'],
  ['--ink', '--pine-wash'],
  ['--pine', '--pine-wash'],
  ['--ink', '--amber-wash'],
  ['--amber', '--amber-wash'],
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-strong'],
  ['--on-pine', '--pine'],
  ['--paper', '--ink'],
] as [string, string][];

const palettes: [string, Map<string, string>][] = [
  ['light', light],
  ['dark', new Map([...light, ...dark])],
  ['light for elders', new Map([...light, ...elder])],
  ['dark for elders', new Map([...light, ...dark, ...elderDark])],
];

describe.each(palettes)('the %s palette', (_name, palette) => {
  it.each(pairs)('%s can be read on %s (4.5:1 or more)', (front, back) => {
    expect(contrast(palette, front, back)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['--paper', '--leaf'])('the edge of a control is seen on %s (3:1 or more)', (back) => {
    expect(contrast(palette, '--control', back)).toBeGreaterThanOrEqual(3);
  });
});

describe('tokens', () => {
  it('are the same whether dark is chosen or comes from the system', () => {
    expect(darkBySystem).toEqual(dark);
    expect(one(":root[data-mode='elder']:not([data-theme='light'])")).toEqual(elderDark);
  });

  it('give elders at least 18 px of text, up to 30, and 60 px to press', () => {
    expect(elder.get('--target')).toBe('60px');
    expect(elder.get('--size-s')).toContain('max(18px');
    const steps = [...css.matchAll(/data-text='(\d+)'\] \{\s*--text: (\d+)px/g)].map((match) => {
      expect(match[1]).toBe(match[2]);
      return Number(match[1]);
    });
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(18);
    expect(Math.max(...steps)).toBe(30);
  });
});
