/** What axe finds fault with on a page, by day and by night, in 标准 and 长辈. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Axe from 'axe-core';
import type { Browser, CDPSession, Page } from 'playwright-core';

/** As it is delivered: half as long as the source that `axe-core` exports, and so half as dear to hand to each page. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Rules, besides contrast, whose answer can change with colours and sizes: asked once more where both have changed. */
const OF_LOOKS = ['link-in-text-block', 'scrollable-region-focusable'];

const LOOKS: readonly { theme: 'light' | 'dark'; mode: 'standard' | 'elder'; rules: string[] }[] = [
  { theme: 'light', mode: 'elder', rules: [] },
  { theme: 'dark', mode: 'standard', rules: [] },
  { theme: 'dark', mode: 'elder', rules: OF_LOOKS },
];

/** `LINLI_EVERY_LOOK=1`: every rule that a look can change, on the whole page, in every look; three times as long. */
const isThorough = process.env['LINLI_EVERY_LOOK'] === '1';

/** The kinds of text that axe could read on an earlier page; the same kind on the next page needs no second look. */
const legibleIn = new WeakMap<Browser, Set<string>>();

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/**
 * By Chromium's own protocol: Playwright hands a script over as an argument of one of its own, and half a megabyte that is
 * quoted twice and then evaluated takes half as long again.
 */
async function bringAxe(page: Page): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  await (await session).send('Runtime.evaluate', { expression: AXE });
}

/** Rule, look and where on the page; an empty list is a page in order. */
export async function faultsOf(page: Page): Promise<string[]> {
  const browser = page.context().browser()!;
  const legible = legibleIn.get(browser) ?? new Set();
  legibleIn.set(browser, legible);
  await bringAxe(page);
  const looks = isThorough
    ? LOOKS.map((look) => ({ ...look, rules: [...OF_LOOKS, 'color-contrast'] }))
    : LOOKS;
  const found = await page.evaluate(examine, { looks, known: [...legible], isThorough });
  for (const kind of found.legible) legible.add(kind);
  const { pathname, search } = new URL(page.url());
  return found.faults.map((fault) => `${pathname}${search} ${fault}`);
}

/**
 * Runs in the page. All rules once; then, in each other look, what can change with it. Contrast is by far the dearest, and
 * rows of one list, and bars of all pages, have it alike: axe is shown one element of each kind, once.
 */
async function examine(given: { looks: typeof LOOKS; known: string[]; isThorough: boolean }) {
  const { looks, known, isThorough } = given;
  const { axe } = window as unknown as { axe: typeof Axe };
  const faults: string[] = [];
  const legible = new Set<string>();
  const judged = new Set(known);
  const { theme = '', mode = '' } = document.documentElement.dataset;
  const own = { theme, mode };
  const options = { preload: false, elementRef: true };
  const blame = (look: string, { violations }: Pick<Axe.AxeResults, 'violations'>) => {
    for (const { id, nodes } of violations) {
      for (const { target } of nodes) faults.push(`${look}: ${id} at ${target.join(' ')}`);
    }
  };

  /**
   * One element for each way in which text stands on this page: equal tags, classes and colours all the way up, and as large
   * in the eyes of WCAG, which asks for less contrast from 24 px on, or 18⅔ when bold. A way is long, and kept as a number.
   */
  const kindsOfText = (): Map<string, Element> => {
    const kinds = new Map<string, Element>();
    const ways = new Map<Element, string>();
    const wayOf = (element: Element): string => {
      const before = ways.get(element);
      if (before !== undefined) return before;
      const { color, backgroundColor, backgroundImage, opacity, position, display, textShadow } =
        getComputedStyle(element);
      const state = ['disabled', 'aria-disabled', 'aria-hidden', 'hidden', 'open'].map((name) =>
        element.getAttribute(name),
      );
      const parent = element.parentElement ? wayOf(element.parentElement) : '';
      const looks = [color, backgroundColor, backgroundImage, opacity, position, display, textShadow];
      const way = numberOf([element.localName, element.className, ...looks, ...state, parent].join());
      ways.set(element, way);
      return way;
    };
    const isLarge = (element: Element) => {
      const { fontSize, fontWeight } = getComputedStyle(element);
      return parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 56 / 3 : 24);
    };
    for (const element of document.body.querySelectorAll('*')) {
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const length = words.map((node) => (node.textContent ?? '').trim()).join('').length;
      if (length === 0 && !element.matches('input, select, textarea')) continue;
      // What nobody sees is judged where it is seen.
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // axe leaves out a single character, so that it cannot stand for a word.
      kinds.set(`${length > 1 ? 'w' : 'c'}${isLarge(element) ? 'l' : 's'}${wayOf(element)}`, element);
    }
    return kinds;
  };

  /** 2 × 32 bits of FNV-1a, from two beginnings: no two of a few thousand ways share a number. */
  const numberOf = (text: string): string => {
    let one = 0x811c9dc5;
    let other = 0x1b873593;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x85ebca6b);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };

  const readTexts = async (look: string) => {
    const kinds = [...kindsOfText()].filter(([kind]) => !judged.has(kind));
    if (kinds.length === 0) return;
    const include = kinds.map(([, element]) => element);
    const runOnly = { type: 'rule' as const, values: ['color-contrast'] };
    const answer = await axe.run({ include }, { ...options, resultTypes: ['violations', 'passes'], runOnly });
    blame(look, answer);
    const passed = new Set(answer.passes.flatMap(({ nodes }) => nodes.map(({ element }) => element)));
    for (const [kind, element] of kinds) {
      judged.add(kind);
      // Of what axe could not tell here, another page may.
      if (passed.has(element as HTMLElement)) legible.add(kind);
    }
  };

  const rules = { 'color-contrast': { enabled: isThorough } };
  blame('light standard', await axe.run(document, { ...options, resultTypes: ['violations'], rules }));
  if (!isThorough) await readTexts('light standard');
  for (const { theme, mode, rules } of looks) {
    // What the server writes on <html> for a reader who chose so.
    Object.assign(document.documentElement.dataset, { theme, mode });
    const name = `${theme} ${mode}`;
    if (rules.length > 0) {
      const runOnly = { type: 'rule' as const, values: rules };
      blame(name, await axe.run(document, { ...options, resultTypes: ['violations'], runOnly }));
    }
    if (!isThorough) await readTexts(name);
    const sideways = document.documentElement.scrollWidth - innerWidth;
    if (sideways > 0) faults.push(`${name}: ${sideways} px wider than the screen`);
  }
  Object.assign(document.documentElement.dataset, own);
  return { faults, legible: [...legible] };
}
