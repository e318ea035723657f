import type { Page } from 'playwright-core';
import { press } from './walk.ts';

export async function enterDigits(clerk: Page, digits: string): Promise<void> {
  await clerk.getByLabel('或输入码上的数字').fill(digits);
  await press(clerk, '查看这个码');
}

/** Up to the slip, which the clerk has yet to confirm. */
export async function enterTaking(clerk: Page, sale: { points: string; goods: string }): Promise<void> {
  await press(clerk, '收分');
  await clerk.getByLabel('用哪种积分').selectOption('VOL');
  await clerk.getByLabel('收多少积分').fill(sale.points);
  await clerk.getByLabel('换什么').fill(sale.goods);
  await press(clerk, '核对');
  await clerk.getByRole('heading', { name: '核对：收分' }).waitFor();
}

/** 记分, whatever the till did last; the fields of a purchase are there then. */
export async function enterGiving(clerk: Page): Promise<void> {
  await press(clerk, '记分');
  await clerk.getByLabel('小票号').waitFor();
}
