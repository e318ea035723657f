/** A page used by its keyboard alone: Tab leads to a control, and Enter presses it. No locator is ever clicked or filled. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ready } from './walk.ts';

export class Fingers {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The control of this name gets the focus, as Tab gives it. */
  async reach(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let tries = 0; tries < 4; tries++) {
      const steps = await wanted.evaluate(stepsTo);
      const key = steps < 0 ? 'Shift+Tab' : 'Tab';
      for (let nth = 0; nth < Math.abs(steps); nth++) await this.page.keyboard.press(key);
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      // The page was still being drawn.
      await pause(50);
    }
    expect(await wanted.evaluate((element) => element === document.activeElement), String(wanted)).toBe(true);
  }

  async press(wanted: Locator, key = 'Enter'): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.press(key);
  }

  async type(wanted: Locator, text: string): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.type(text);
  }

  /** A link of the bars or the page; back when the page behind it has its scripts. */
  async follow(wanted: Locator): Promise<void> {
    const before = this.page.url();
    await this.press(wanted);
    await this.page.waitForURL((url) => url.href !== before);
    await ready(this.page);
  }

  /** The system's own window for files belongs to no page. */
  async choose(input: Locator, file: string): Promise<void> {
    const asked = this.page.waitForEvent('filechooser');
    await this.press(input, 'Enter');
    await (await asked).setFiles(file);
  }
}

/** Runs in the page: how many times Tab is pressed to be there; negative for Shift+Tab. */
function stepsTo(wanted: Element): number {
  const within = wanted.closest('[role="dialog"]') ?? document.body;
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const isStop = (element: HTMLElement) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled')) return false;
    if (element.tabIndex < 0) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const group = [...within.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
      ({ name, form }) => name === element.name && form === element.form,
    );
    return element === (group.find(({ checked }) => checked) ?? group[0]);
  };
  const stops = [...within.querySelectorAll<HTMLElement>(all)].filter(isStop);
  const active = document.activeElement;
  const here = active === null ? -1 : stops.indexOf(active as HTMLElement);
  const to = stops.indexOf(wanted as HTMLElement);
  if (here !== -1) return to - here;
  // A heading or a card that has the focus without being a stop: what follows it is next.
  const before = stops.filter(
    (stop) =>
      active !== null &&
      active !== document.body &&
      active.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING,
  ).length;
  return to - before + (to >= before ? 1 : 0);
}
