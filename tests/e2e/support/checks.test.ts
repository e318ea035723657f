/** The checks of every-page.test.ts find what they are for: each is shown a page that has the fault. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyboardFaultsOf } from './keyboard.ts';
import { faultsOf } from './looks.ts';
import { misfitsOf } from './small-screen.ts';
import { countTaps } from './taps.ts';
import { shiftOf } from './vitals.ts';
import { workerBrowser } from './worker-browser.ts';

let page: Page;

beforeAll(async () => {
  const { browser } = await workerBrowser();
  page = await browser.newPage({ baseURL: 'http://127.0.0.1' });
});
afterAll(() => page.context().close());

const show = (body: string) =>
  page.setContent(
    `<!doctype html><html lang="zh"><title>试</title><style>:focus-visible { outline: 3px solid } [data-mode=elder] .grows { width: 400px }</style>` +
      `<main><h1>试</h1>${body}</main></html>`,
  );

it('a page in order has no fault', async () => {
  await show('<p>好 <a href="#x">这里</a> 好</p><button style="padding: 20px">好</button>');
  expect(await misfitsOf(page)).toEqual([]);
  expect(await keyboardFaultsOf(page)).toEqual([]);
  expect(await faultsOf(page)).toEqual([]);
});

it.each([
  ['<div style="width: 900px">宽</div>', /200 %: \d+ px wider than the screen/],
  ['<div class="grows">宽</div>', /320 px, 长辈 30: \d+ px wider/],
  ['<p style="overflow: hidden; width: 60px; white-space: nowrap">一二三四五六七八</p>', /cut off/],
  ['<p style="overflow: hidden; height: 8px">一二三四五六七八</p>', /cut off below/],
  ['<p style="width: 60px; white-space: nowrap">一二三四五六七八</p>', /runs out of its box/],
  ['<p style="position: absolute; left: -30px">一二三四</p>', /off the screen/],
  ['<button style="height: 12px; padding: 0">小</button>', /only 12 px to hit/],
  ['<header style="position: sticky; top: 0; height: 300px">大</header>', /bars that stay take 300/],
])('%s does not fit a small screen', async (body, fault) => {
  await show(body);
  expect((await misfitsOf(page)).join('\n')).toMatch(fault);
});

it.each([
  ['<a href="#x" style="outline: none">一</a>', /no sign of the focus/],
  ['<button onfocus="this.blur()">一</button>', /Tab does not reach/],
  ['<a href="#x">一</a> <a href="#y" tabindex="1">二</a>', /out of turn/],
  [
    '<div style="display: flex; flex-direction: column-reverse"><a href="#x">一</a><a href="#y">二</a></div>',
    /back up from/,
  ],
])('%s does not answer to a keyboard', async (body, fault) => {
  await show(body);
  expect((await keyboardFaultsOf(page)).join('\n')).toMatch(fault);
});

it('a label that is missing, and words too pale in the dark alone, are found', async () => {
  await show(
    '<style>[data-theme=dark] .pale { color: #eee }</style><ul><li class="pale">浅色的字</li><li class="pale">还有一行</li></ul><input>',
  );
  const faults = await faultsOf(page);
  expect(faults).toContainEqual(expect.stringMatching(/light standard: label at input/));
  expect(faults).toContainEqual(expect.stringMatching(/dark standard: color-contrast/));
  expect(faults).not.toContainEqual(expect.stringMatching(/light elder: color-contrast/));
});

it('pale words are found although axe read words of their kind before: in another colour, in another fold, again', async () => {
  const pale = '<p class="a" style="color: #ccc">浅色的字</p>';
  const faults = async (body: string) => {
    await show(body);
    return (await faultsOf(page)).map((fault) => fault.replace(/^\S+ /, ''));
  };
  expect(await faults('<p class="a">好的字</p><p class="a">又一行字</p>')).toEqual([]);
  for (let looks = 1; looks <= 2; looks += 1) {
    expect(await faults(`<p class="a">别的字</p>${pale}`)).toContainEqual(
      expect.stringMatching(/^light standard: color-contrast/),
    );
  }
  // Folded away on one page, they are judged where they can be seen.
  expect(await faults(`<details><summary>好的字</summary>${pale}</details>`)).toEqual([]);
  expect(await faults(`<details open><summary>好的字</summary>${pale}</details>`)).not.toEqual([]);
});

it('what moves by itself is counted, and so is a tap, but no key', async () => {
  await show('<p id="late"></p><button style="padding: 20px">按</button>');
  await page.evaluate(async () => {
    // What moves within half a second of a key or a new size of the window is not the page's doing.
    await new Promise((resolve) => setTimeout(resolve, 600));
    (document.querySelector('#late') as HTMLElement).style.height = '300px';
  });
  expect(await shiftOf(page)).toBeGreaterThan(0);
  const taps = await countTaps(page);
  await page.getByRole('button').click();
  await page.getByRole('button').press('Enter');
  expect(taps()).toBe(1);
});
