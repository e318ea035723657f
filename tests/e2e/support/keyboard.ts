/** Whether a keyboard reaches everything on a page, in the order in which it is read, and shows where it is. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

type Watch = { wanted: number; faults(): string[] };
type Watched = Window & { linliKeyboard?: Watch };

/** Goes through the whole page by Tab; an empty list is a page in order. */
export async function keyboardFaultsOf(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(watchFocus);
  await Promise.all(Array.from({ length: wanted }, () => page.keyboard.press('Tab')));
  const faults = await page.evaluate(() => (window as Watched).linliKeyboard?.faults() ?? ['no watch']);
  const { pathname } = new URL(page.url());
  return faults.map((fault) => `${pathname} keyboard: ${fault}`);
}

/** Runs in the page. Returns how often Tab is pressed to be through it. */
function watchFocus(): number {
  const nameOf = (element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 20);
    return `<${[element.localName, ...element.classList].join('.')}> “${words.replace(/\s+/g, ' ')}”`;
  };
  const isWanted = (element: HTMLElement) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled')) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return element.tabIndex >= 0;
    // Tab goes to one of a group; arrows go on from there.
    const group = [
      ...document.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(element.name)}"]`),
    ];
    return element === (group.find(({ checked }) => checked) ?? group[0]);
  };
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const wanted = [...document.body.querySelectorAll<HTMLElement>(all)].filter(isWanted);
  const faults: string[] = [];
  const seen: HTMLElement[] = [];
  const isStuck = (element: Element) =>
    element.closest('main') === null || getComputedStyle(element).position === 'fixed';

  /** Where the focus has come to rest, which is looked at when the next key goes down. */
  const look = () => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body || seen.at(-1) === element) return;
    const before = seen.at(-1);
    seen.push(element);
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const shown = [
      element,
      ...element.querySelectorAll('*'),
      ...(element.parentElement?.children ?? []),
    ].some((one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    if ((outlineStyle === 'none' || parseFloat(outlineWidth) < 2) && !shown) {
      faults.push(`no sign of the focus on ${nameOf(element)}`);
    }
    const box = element.getBoundingClientRect();
    if (box.bottom <= 0 || box.top >= innerHeight) faults.push(`out of sight: ${nameOf(element)}`);
    if (before === undefined || isStuck(before) || isStuck(element)) return;
    const last = before.getBoundingClientRect();
    // Up the page only into the next column.
    if (box.bottom <= last.top && box.left < last.right) {
      faults.push(`back up from ${nameOf(before)} to ${nameOf(element)}`);
    }
  };
  document.addEventListener('keydown', look, { capture: true });
  // From the very top, whatever was pressed before.
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute('tabindex');
  scrollTo(0, 0);
  const watch: Watch = {
    // The parts of a date are stops of their own.
    wanted: wanted.length + 1 + 5 * wanted.filter((one) => one.matches('[type=date], [type=time]')).length,
    faults() {
      look();
      document.removeEventListener('keydown', look, { capture: true });
      const reached = seen.filter((element) => wanted.includes(element));
      const missed = wanted.filter((element) => !reached.includes(element));
      faults.push(...missed.map((element) => `Tab does not reach ${nameOf(element)}`));
      const order = [...new Set(reached)];
      const asRead = wanted.filter((element) => order.includes(element));
      const stray = order.find((element, at) => element.tabIndex > 0 || element !== asRead[at]);
      if (stray) faults.push(`out of turn: ${nameOf(stray)}`);
      (document.activeElement as HTMLElement | null)?.blur();
      return faults;
    },
  };
  (window as Watched).linliKeyboard = watch;
  return watch.wanted;
}

/** Tab until this has the focus, which must then be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (!(await target.evaluate((element) => element === document.activeElement))) continue;
    const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe('none');
    return;
  }
  throw new Error(`60 times Tab do not lead to ${String(target)}`);
}
