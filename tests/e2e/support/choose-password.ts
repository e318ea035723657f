import type { Page } from 'playwright-core';

/** Fills in what whoever holds a link chooses. */
export async function choosePassword(page: Page, username: string): Promise<void> {
  const password = 'winter 2026 plum';
  const field = (label: string) => page.getByRole('main').getByLabel(label, { exact: true });
  await field('用户名').fill(username);
  await field('密码').fill(password);
  await field('再输一次密码').fill(password);
}
