/** What axe finds fault with on a page, by day and by night, in 标准 and 长辈. */
import type * as Axe from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const LOOKS = [
  { theme: 'light', mode: 'elder' },
  { theme: 'dark', mode: 'standard' },
  { theme: 'dark', mode: 'elder' },
] as const;

/** Rule, look and where on the page; an empty list is a page in order. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(examine, LOOKS);
  const { pathname, search } = new URL(page.url());
  return found.map((fault) => `${pathname}${search} ${fault}`);
}

/**
 * Runs in the page. All rules once; then, in each other look, those whose answer can change with colours and sizes.
 * Contrast is by far the dearest of them, and rows of one list have it alike: axe is shown one element of each kind.
 */
async function examine(looks: typeof LOOKS): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof Axe };
  const faults: string[] = [];
  const { theme = '', mode = '' } = document.documentElement.dataset;
  const own = { theme, mode };
  const run = async (look: string, on: axe.ElementContext, rules?: string[]) => {
    const only = rules === undefined ? {} : { runOnly: { type: 'rule' as const, values: rules } };
    const { violations } = await axe.run(on, { resultTypes: ['violations'], preload: false, ...only });
    for (const { id, nodes } of violations) {
      for (const { target } of nodes) faults.push(`${look}: ${id} at ${target.join(' ')}`);
    }
  };

  /** One element for each way in which text stands on this page: equal tags, classes and colours all the way up. */
  const kindsOfText = (): Element[] => {
    const kinds = new Map<string, Element>();
    const ways = new Map<Element, string>();
    const wayOf = (element: Element): string => {
      const known = ways.get(element);
      if (known !== undefined) return known;
      const { color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, position, display } =
        getComputedStyle(element);
      const state = ['disabled', 'aria-disabled', 'aria-hidden', 'hidden', 'open'].map((name) =>
        element.getAttribute(name),
      );
      const own = [element.localName, element.className, color, backgroundColor, backgroundImage, fontSize];
      const parent = element.parentElement ? wayOf(element.parentElement) : '';
      const way = [...own, fontWeight, opacity, position, display, ...state, parent].join();
      ways.set(element, way);
      return way;
    };
    for (const element of document.body.querySelectorAll('*')) {
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const length = words.map((node) => (node.textContent ?? '').trim()).join('').length;
      const isField = element.matches('input, select, textarea');
      // axe leaves out a single character, so that it cannot stand for a word.
      if (length > 0 || isField) kinds.set(`${length > 1} ${wayOf(element)}`, element);
    }
    return [...kinds.values()];
  };

  await run('light standard', document);
  for (const look of looks) {
    // What the server writes on <html> for a reader who chose so.
    Object.assign(document.documentElement.dataset, look);
    const name = `${look.theme} ${look.mode}`;
    await run(name, document, ['link-in-text-block', 'scrollable-region-focusable']);
    const texts = kindsOfText();
    if (texts.length > 0) await run(name, { include: texts }, ['color-contrast']);
    const sideways = document.documentElement.scrollWidth - innerWidth;
    if (sideways > 0) faults.push(`${name}: ${sideways} px wider than the screen`);
  }
  Object.assign(document.documentElement.dataset, own);
  return faults;
}
