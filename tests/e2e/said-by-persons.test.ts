/** What no machine decides: what a sheet's columns and houses mean, that a batch comes back, which rows are one. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { tiedList } from './support/tied-list.ts';
import { Fingers } from './support/fingers.ts';
import { faultsOf } from './support/looks.ts';
import { faultOf, press, ready, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

function told(page: Page, text: string | RegExp): Promise<void> {
  return page.getByRole('main').getByRole('status').filter({ hasText: text }).first().waitFor();
}

it('a sheet that only its firm understands is read once a person has said what its columns and houses are', async () => {
  walk.forgive(/status of 4\d\d/);
  const page = await walk.visit('accountant', {}, '/fees/import');
  const main = page.getByRole('main');
  const file = main.getByLabel(/的账单$/);
  const sheet = (name: string, period: string) => ({
    ...{ name, mimeType: 'text/csv' },
    buffer: Buffer.from(
      `对象,名目,所属,本次\n3-2-0501,物业费,${period},118.32\n3-2-501,停车费,${period},20\n`,
    ),
  });
  await file.setInputFiles(sheet('一.csv', '209911'));
  await press(page, '指定每一列是什么');
  const columns = { 对象: 'room', 名目: 'item', 所属: 'period', 本次: 'amount' };
  for (const [column, field] of Object.entries(columns))
    await main.getByLabel(column, { exact: true }).selectOption(field);
  expect(await faultsOf(page)).toEqual([]);
  await main.getByLabel('方案名称').fill('收费系统导出');
  await press(page, '保存并重新检查');

  // 3-2-501 is none of the roster's: a person says which is meant.
  const houses = main.getByRole('region', { name: '1 种房号写法对不上' });
  await houses.getByText('3-2-501', { exact: true }).waitFor();
  await houses.getByLabel('“3-2-501”是哪一套').fill('3-2-9999');
  await houses.getByRole('button', { name: '就是这一套' }).click();
  await expect.poll(() => faultOf(houses.getByLabel('“3-2-501”是哪一套')), SOON).not.toBe('');
  await houses.getByRole('button', { name: '是 3-2-0501' }).click();
  await houses.getByText('已记住：3-2-0501').waitFor();
  await press(page, '重新检查文件');
  await main.getByText('按指定对上房屋的行').waitFor();

  // The firm's next file asks nothing any more.
  await ready(await page.goto('/fees/import').then(() => page));
  await main.getByLabel(/的账单$/).setInputFiles(sheet('二.csv', '209912'));
  await main.getByText('按指定对上房屋的行').waitFor();
  expect(await houses.count()).toBe(0);
  await main.getByText('已指定的房号写法（1）').click();
  await main.getByText('3-2-501 → 3-2-0501').waitFor();
});

it('a batch that the firm’s software refuses comes back by two, and its offsets are the residents’ again', async () => {
  const volunteer = await walk.visit('volunteer', {}, '/me/bills');
  const bill = volunteer.getByRole('main').getByRole('listitem').filter({ hasText: '¥118.32' });
  await bill.getByRole('link', { name: '查看账单' }).first().click();
  await press(volunteer, /^确认抵扣 ¥35\.49/);
  await told(volunteer, '抵扣成功');
  const page = await walk.visit('accountant', {}, '/fees/offsets');
  const main = page.getByRole('main');
  await press(page, '导出全部待导出的');
  await press(page, /^确认导出 \d+ 张$/);
  await told(page, '张，共 ¥');
  await main.getByRole('link', { name: /^DC-/ }).first().click();
  await main.getByText('撤回这一批', { exact: true }).click();
  await main.getByLabel('为什么撤回').fill('收费系统不认这个文件');
  await press(page, '提出撤回');
  await told(page, '已经提出，等另一位同事撤回');
  // Whoever asked for it does not do it.
  expect(await main.getByRole('button', { name: '确认撤回' }).count()).toBe(0);
  const lead = await walk.visit('lead', {}, new URL(page.url()).pathname);
  await lead.getByText('收费系统不认这个文件').first().waitFor();
  expect(await faultsOf(lead)).toEqual([]);
  await press(lead, '确认撤回');
  await told(lead, '已经撤回，抵扣单回到待导出');
  await volunteer.reload();
  await volunteer.getByRole('button', { name: '取消这次抵扣' }).waitFor();
});

it('rows that are alike are paired by a person with keys alone, and split again', async () => {
  walk.forgive(/status of (?:409|422)/);
  const page = await walk.visit('staff', {}, '/settlement');
  const { statement, fund, month, amount, other } = await tiedList(page);
  await page.goto(`/settlement/statements/${statement}`);
  await ready(page);
  const by = new Fingers(page);
  const main = page.getByRole('main');
  await by.follow(main.getByRole('link', { name: '人工对上', exact: true }));
  const [theirs, ours] = [
    main.getByRole('group', { name: '出资方的一行' }),
    main.getByRole('group', { name: '我们的一行或几行' }),
  ];
  const same = ours.getByRole('checkbox', { name: amount });
  await by.press(theirs.getByRole('radio', { name: amount }).first(), ' ');
  await by.press(ours.getByRole('checkbox', { name: other }).first(), ' ');
  // They differ, which is said before anything is sent, and asks for a word.
  const reason = main.getByLabel('金额不同，为什么仍然对上');
  await reason.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await by.press(ours.getByRole('checkbox', { name: other }).first(), ' ');
  await reason.waitFor({ state: 'hidden' });
  await by.press(same.first(), ' ');
  await by.press(main.getByRole('button', { name: '对上', exact: true }));
  await told(page, '对上了');
  // Taken back at once by its key, what was chosen is chosen again; Enter pairs it anew, from the row where one is.
  await expect.poll(() => focusedName(page), SOON).toBe('theirs');
  await page.keyboard.press('u');
  await told(page, '拆开了');
  await expect.poll(() => ours.getByRole('checkbox', { checked: true }).count(), SOON).toBe(1);
  await expect.poll(() => theirs.getByRole('radio', { checked: true }).count(), SOON).toBe(1);
  await expect.poll(() => focusedName(page), SOON).toBe('theirs');
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await told(page, '对上了');
  const pairs = main.getByRole('table', { name: '人工对上的' });
  expect(await pairs.innerText()).toContain('周敏');
  // Somebody who had looked at the month before signs nothing that came since.
  const colleague = await walk.visit('rater', {}, `/settlement/funds/${fund}/${month}`);
  await by.press(pairs.getByRole('button', { name: '拆开第 2 对' }));
  await told(page, '拆开了');
  const form = colleague
    .locator('form')
    .filter({ has: colleague.getByRole('button', { name: /社区身份确认/ }) });
  await form.getByLabel('为什么仍然确认').fill('差的另记');
  await form.getByRole('checkbox').check();
  await form.getByRole('button').click();
  const news = colleague.getByRole('alert').filter({ hasText: '您看过以后' });
  await news.waitFor();
  expect(await news.innerText()).toMatch(/周敏 .+ 拆开第 2 对/);
  await expect.poll(() => form.getByRole('checkbox').isChecked(), SOON).toBe(false);
  expect(await faultsOf(colleague)).toEqual([]);
  await form.getByRole('checkbox').check();
  await form.getByRole('button').click();
  await told(colleague, '已确认');
});

const focusedName = (page: Page) =>
  page.evaluate(() =>
    document.activeElement instanceof HTMLInputElement ? document.activeElement.name : '',
  );
