/** What axe finds fault with on a page, by day and by night, in 标准 and 长辈. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const LOOKS = [
  { theme: 'light', mode: 'elder' },
  { theme: 'dark', mode: 'standard' },
  { theme: 'dark', mode: 'elder' },
] as const;

/** The only rules whose answer can change with colours and sizes. */
const OF_THE_LOOK = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

/** Rule, look and where on the page; an empty list is a page in order. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const analyse = async (name: string, axe: AxeBuilder) => {
    // Without it a second, blank page is opened for every run.
    const { violations } = await axe.setLegacyMode(true).analyze();
    const path = new URL(page.url()).pathname;
    for (const { id, nodes } of violations) {
      for (const { target } of nodes) faults.push(`${path} ${name}: ${id} at ${target.join(' ')}`);
    }
  };
  await analyse('light standard', new AxeBuilder({ page }));
  for (const look of LOOKS) {
    // What the server writes on <html> for a reader who chose so.
    await page.evaluate((chosen) => void Object.assign(document.documentElement.dataset, chosen), look);
    await analyse(`${look.theme} ${look.mode}`, new AxeBuilder({ page }).withRules(OF_THE_LOOK));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (sideways > 0) faults.push(`${page.url()} ${look.mode}: ${sideways} px wider than the screen`);
  }
  return faults;
}
