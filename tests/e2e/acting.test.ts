/** 代办 by keyboard: staff serve a resident who has come to the desk. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { keyboardFaultsOf } from './support/keyboard.ts';
import { faultsOf } from './support/looks.ts';
import { misfitsOf } from './support/small-screen.ts';
import { faultOf, open, press, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** With the keyboard alone. */
async function pressKeys(page: Page, name: RegExp | string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
}

/** Staff have found the volunteer of the worked month, who stands before them. */
async function toResident(page: Page): Promise<void> {
  await page.goto('/community/residents?find=3-2-0501');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^3栋.*李/ })
    .first()
    .click();
}

/** Of the person whose page this is. */
async function idIn(page: Page): Promise<string> {
  await page.waitForURL(/residents\/[\w-]+/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function toBills(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await toResident(page);
  await main.getByRole('link', { name: '替居民抵物业费' }).click();
  await main.getByRole('heading', { name: '待缴的账单' }).waitFor();
}

it('staff offset a bill for a resident at the desk, once they said who it is, and take it back, by keyboard', async () => {
  const page = await walk.enter('staff');
  const main = page.getByRole('main');
  await toBills(page);
  const bill = main.getByRole('row').filter({ hasText: '¥118.32' }).first();
  await bill.getByRole('link', { name: '看能抵多少' }).focus();
  await page.keyboard.press('Enter');
  await main.getByRole('heading', { name: '用哪些积分' }).waitFor();
  expect(await main.innerText()).toMatch(/应缴\s*¥118\.32[\s\S]*积分抵扣[\s\S]*还需缴纳/);

  walk.forgive(/status of 400/);
  const present = main.getByLabel('居民本人在场并同意');
  const identified = main.getByLabel('怎样核对的本人');
  await pressKeys(page, /^确认抵扣/);
  await expect.poll(() => faultOf(present)).toContain('请先勾选');
  expect(await faultOf(identified)).toBe('请选择怎样核对的本人');
  await present.focus();
  await page.keyboard.press('Space');
  await identified.selectOption('看了身份证');
  await pressKeys(page, /^确认抵扣/);
  await main.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();
  expect(await main.innerText()).toMatch(/№ DK-\d{4}-\d{4}[\s\S]*由社区工作人员代办/);
  for (const faults of [keyboardFaultsOf, faultsOf, misfitsOf]) expect(await faults(page)).toEqual([]);

  await main.getByText('取消这次抵扣').focus();
  await page.keyboard.press('Enter');
  await present.focus();
  await page.keyboard.press('Space');
  await identified.selectOption('工作人员认识');
  await pressKeys(page, '确认取消，退回积分');
  await main.getByRole('status').filter({ hasText: '已取消，积分退回了' }).waitFor();
  expect(await main.getByText('取消这次抵扣').count()).toBe(0);
});

it('it is done without scripts too, and the resident’s voucher says who did it', async () => {
  const page = await walk.enter('staff', { javaScriptEnabled: false });
  const main = page.getByRole('main');
  await toBills(page);
  await main.getByRole('row').filter({ hasText: '¥118.32' }).first().getByRole('link').click();
  // She would rather keep some of her points.
  await main.getByText('少抵一些').click();
  await main.getByLabel('抵多少元').fill('20');
  await press(page, '重新算');
  walk.forgive(/status of 400/);
  await main.getByLabel('居民本人在场并同意').check();
  await main.getByRole('button', { name: '确认抵扣 ¥20.00' }).click();
  await expect.poll(() => faultOf(main.getByLabel('怎样核对的本人'))).toBe('请选择怎样核对的本人');
  expect(await main.getByLabel('居民本人在场并同意').isChecked()).toBe(true);
  await main.getByLabel('怎样核对的本人').selectOption('看了户口簿');
  await main.getByRole('button', { name: '确认抵扣 ¥20.00' }).click();
  await main.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();
  const number = /DK-\d{4}-\d{4}/.exec(await main.innerText())?.[0] ?? '';

  const resident = await walk.enter('volunteer', {}, '/me/bills');
  await resident.getByRole('link', { name: `№ ${number}` }).click();
  await resident.getByText('由社区工作人员代办').waitFor();

  // Found again another day, by the list or by the bill that is offset already.
  await toBills(page);
  await main.getByRole('link', { name: `№ ${number}` }).click();
  await main.getByText('取消这次抵扣').click();
  await main.getByLabel('居民本人在场并同意').check();
  await main.getByLabel('怎样核对的本人').selectOption('看了户口簿');
  await press(page, '确认取消，退回积分');
  await main.getByRole('status').filter({ hasText: '已取消，积分退回了' }).waitFor();
});

it('staff ask about an entry for a resident at the desk, by keyboard, and the resident may take it back', async () => {
  const page = await walk.enter('staff');
  const main = page.getByRole('main');
  await toResident(page);
  await main
    .getByRole('link', { name: /^为什么/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await main.getByRole('heading', { name: '居民对这笔的疑问' }).waitFor();
  await main.getByText('替在场的居民提疑问', { exact: true }).focus();
  await page.keyboard.press('Enter');
  walk.forgive(/status of 422/);
  await pressKeys(page, '替居民提交');
  await expect.poll(() => faultOf(main.getByLabel('居民想问什么'))).toBe('请写下居民想问的');
  expect(await faultOf(main.getByLabel('怎样核对的本人'))).toBe('请选择怎样核对的本人');
  await main.getByLabel('居民想问什么').fill('那天做了三个小时，怎么只有两个小时？');
  await main.getByLabel('居民本人在场并同意').focus();
  await page.keyboard.press('Space');
  await main.getByLabel('怎样核对的本人').selectOption('看了身份证');
  await pressKeys(page, '替居民提交');
  await main.getByRole('status').filter({ hasText: '已经提交' }).waitFor();
  expect(await main.innerText()).toMatch(/等答复[\s\S]*由社区工作人员代办[\s\S]*那天做了三个小时/);

  // Her own answer to that: she did not mean it, and asks again herself if she likes.
  const resident = await walk.visit('volunteer', {}, '/me/inquiries');
  const asked = resident.getByRole('listitem').filter({ hasText: '那天做了三个小时' }).first();
  await asked.getByRole('link', { name: '看这一笔' }).click();
  await press(resident, '收回这个疑问');
  await resident.getByRole('status').filter({ hasText: '已收回这个疑问' }).waitFor();
  expect(await resident.getByRole('button', { name: '收回这个疑问' }).count()).toBe(0);
  await resident.getByText('再提一个问题', { exact: true }).waitFor();
});

it('a paper is recorded at the desk; the relative then acts for the resident, plainly, until they go back', async () => {
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  await toResident(staff);
  const relative = await idIn(staff);
  await staff.goto('/community/residents?find=3-2-0502');
  await main.getByRole('link', { name: /^3栋/ }).first().click();
  await main.getByRole('heading', { name: '家人代办' }).waitFor();
  // The two of them live in one house; who registers that is another test.
  const known = await staff.request.get(`/api/v1/people/${await idIn(staff)}`);
  const { residencies } = (await known.json()) as { residencies: { house: { id: string } }[] };
  const data = { house: residencies[0]?.house.id, relation: 'family', since: '2024-05-01' };
  const { origin } = new URL(staff.url());
  const moved = await staff.request.post(`/api/v1/people/${relative}/residencies`, {
    data,
    headers: { origin },
  });
  expect(moved.ok(), await moved.text()).toBe(true);

  await staff.reload();
  await main.getByText('登记签了字的代办单子').focus();
  await staff.keyboard.press('Enter');
  const helper = main.getByLabel('请的家人');
  await helper.selectOption((await helper.locator('option', { hasText: '李' }).getAttribute('value')) ?? '');
  await main.getByLabel('单子编号').fill('代-2026-017');
  await staff.keyboard.press('Enter');
  await main.getByText('已登记，会告诉居民本人').waitFor();

  const page = await walk.enter('volunteer', {}, '/me');
  await pressKeys(page, /^替 .+ 办$/);
  const bar = page.getByRole('complementary', { name: '请家人代办' });
  await bar.getByText(/^正在为 .+ 代办$/).waitFor();
  await page.goto('/me/statement');
  await bar.getByText(/^正在为 .+ 代办$/).waitFor();
  await bar.getByRole('button', { name: '回到自己' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '我的存折' }).waitFor();
  expect(await bar.count()).toBe(0);
});

it('only staff open the desk', async () => {
  const staff = await walk.visit('staff');
  await toBills(staff);
  const { pathname } = new URL(staff.url());
  walk.forgive(/status of 403/);
  const other = await walk.visit('accountant');
  await other.goto(pathname);
  expect(await other.getByRole('heading', { name: '待缴的账单' }).count()).toBe(0);
  await open(other, '/fees');
});
