/** 家人代办 by keyboard: staff record a signed paper, and the relative acts, sees for whom, and comes back to themselves. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { open, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** With the keyboard alone. */
async function pressKeys(page: Page, name: RegExp | string): Promise<void> {
  const button = page.getByRole('main').getByRole('button', { name });
  await button.first().focus();
  await page.keyboard.press('Enter');
}

it('a paper is recorded at the desk; the relative then acts for the resident, plainly, until they go back', async () => {
  const staff = await walk.enter('staff');
  await open(staff, '/community/residents?find=3-2-0501');
  const mate = staff.getByRole('main').getByRole('link', { name: /^3栋/ }).filter({ hasNotText: '李' });
  await mate.first().focus();
  await staff.keyboard.press('Enter');
  await staff.getByRole('heading', { name: '家人代办' }).waitFor();
  await staff.getByText('登记签了字的代办单子').focus();
  await staff.keyboard.press('Enter');
  await staff.getByLabel('请的家人').selectOption({ index: 0 });
  await staff.getByLabel('单子编号').fill('代-2026-017');
  await staff.keyboard.press('Enter');
  await staff.getByText('已登记，会告诉居民本人').waitFor();

  const relative = await walk.enter('volunteer');
  await open(relative, '/me');
  await pressKeys(relative, /^替 .+ 办$/);
  const bar = relative.getByRole('complementary', { name: '请家人代办' });
  await bar.getByText(/^正在为 .+ 代办$/).waitFor();
  await open(relative, '/me/statement');
  await bar.getByText(/^正在为 .+ 代办$/).waitFor();
  await pressKeys(relative, '回到自己');
  await relative.getByRole('heading', { name: '我的存折' }).waitFor();
  expect(await bar.count()).toBe(0);
});
