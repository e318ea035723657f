/** Whether a page can be used on a small screen or much enlarged: nothing wider than it, cut off, or too small to hit. */
import type { Page } from 'playwright-core';

/** A desk of 1280 × 800 at 200 %, and the smallest phone, also with the largest type that 长辈 offers. */
const SCREENS = [
  { width: 640, height: 400, looks: [{ name: '200 %', mode: 'standard', text: '20' }] },
  {
    ...{ width: 320, height: 568 },
    looks: [
      { name: '320 px', mode: 'standard', text: '20' },
      { name: '320 px, 长辈 30', mode: 'elder', text: '30' },
    ],
  },
] as const;

/** WCAG 2.2, 2.5.8. */
const LEAST_TARGET_PX = 24;

/** Screen, fault and where on the page; the page is left as it was. */
export async function misfitsOf(page: Page): Promise<string[]> {
  const own = page.viewportSize();
  const faults: string[] = [];
  const { pathname } = new URL(page.url());
  for (const { width, height, looks } of SCREENS) {
    await page.setViewportSize({ width, height });
    for (const { name, ...look } of looks) {
      const found = await page.evaluate(measure, { ...look, least: LEAST_TARGET_PX });
      faults.push(...found.map((fault) => `${pathname} ${name}: ${fault}`));
    }
  }
  if (own !== null) await page.setViewportSize(own);
  return faults;
}

/** Runs in the page. */
function measure({ mode, text, least }: { mode: string; text: string; least: number }): string[] {
  const { dataset } = document.documentElement;
  const before = { mode: dataset['mode'] ?? '', text: dataset['text'] ?? '' };
  Object.assign(dataset, { mode, text });
  const faults: string[] = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`${wide} px wider than the screen`);

  const nameOf = (element: Element) => {
    const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 20);
    return `<${[element.localName, ...element.classList].join('.')}> “${words}”`;
  };
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element) => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const upFrom = (element: Element) => {
    const chain: Element[] = [];
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
      chain.push(at);
    return chain;
  };
  const isOnlyHeard = (element: Element) => upFrom(element).some((at) => styleOf(at).clipPath !== 'none');
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const checkText = (node: Text) => {
    const parent = node.parentElement;
    if (!parent || !isSeen(parent) || isOnlyHeard(parent)) return;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    if (right - left === 0) return;
    const chain = upFrom(parent);
    const isScrolled = chain.some((at) => /auto|scroll/.test(styleOf(at).overflowX));
    if (!isScrolled && (left < -1 || right > innerWidth + 1))
      faults.push(`off the screen: ${nameOf(parent)}`);
    for (const at of chain) {
      const { display, overflowX, overflowY } = styleOf(at);
      if (display === 'inline' || display === 'contents') continue;
      const box = at.getBoundingClientRect();
      const cutsX = right > box.right + 1 || left < box.left - 1;
      const cutsY = bottom > box.bottom + 1 || top < box.top - 1;
      if (/hidden|clip/.test(overflowX) && cutsX) faults.push(`cut off: ${nameOf(parent)}`);
      else if (/hidden|clip/.test(overflowY) && cutsY) faults.push(`cut off below: ${nameOf(parent)}`);
      else if (at === chain.find((one) => styleOf(one).display !== 'inline') && cutsX && !isScrolled) {
        faults.push(`runs out of its box: ${nameOf(parent)}`);
      }
    }
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if ((node.textContent ?? '').trim() !== '') checkText(node as Text);
  }

  /** A link among words is as high as its line. */
  const isAmongWords = (element: Element) =>
    styleOf(element).display === 'inline' &&
    [...(element.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]';
  for (const element of document.body.querySelectorAll(targets)) {
    if (!isSeen(element) || isAmongWords(element)) continue;
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const boxes = [element, ...labels].map((one) => one.getBoundingClientRect());
    const sizes = boxes.map(({ width, height }) => Math.min(width, height));
    if (Math.max(...sizes) < least - 0.5) {
      faults.push(`only ${Math.round(Math.max(...sizes))} px to hit: ${nameOf(element)}`);
    }
  }
  const bars = [...document.body.querySelectorAll('header, nav, aside')]
    .filter((element) => isSeen(element) && /sticky|fixed/.test(styleOf(element).position))
    .reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
  if (bars > innerHeight / 2) faults.push(`bars that stay take ${Math.round(bars)} of ${innerHeight} px`);
  Object.assign(dataset, before);
  return [...new Set(faults)];
}
