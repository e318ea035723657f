/** The community's desk and the auditor's: a roster, a service that two people stand behind, and books that are right. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { faultOf, open, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();
const DAY_MS = 86_400_000;

/** The volunteer's house, found as it stands on its door. */
async function findHouse(staff: Page): Promise<void> {
  await open(staff, '/community/record');
  await staff.getByLabel('房号').fill('3-2-0501');
  await press(staff, '查找');
  await staff.getByRole('group', { name: /^谁做的服务？/ }).waitFor();
}

it('checks a roster before it takes it in, and tells row by row what to mend', async () => {
  walk.forgive(/status of 422/);
  const { folder, record } = walk.server;
  const news = record.files.find((file) => file.startsWith('花名册'))!;
  const staff = await walk.visit('staff');
  await staff.getByRole('link', { name: '花名册' }).filter({ visible: true }).click();
  const main = staff.getByRole('main');
  const file = main.getByLabel(/的花名册$/);
  await file.setInputFiles({
    ...{ name: 'roster.xlsx', mimeType: '' },
    buffer: Buffer.from('<html><table></table></html>'),
  });
  await main.getByRole('alert').waitFor();
  expect(await main.getByRole('button', { name: '导入这份花名册' }).count()).toBe(0);

  await file.setInputFiles(join(folder, 'files', news));
  await main.getByRole('heading', { name: '检查结果（还没有写入）' }).waitFor();
  const rejected = main.getByRole('table', { name: '2 行需要修改' });
  expect(await rejected.getByRole('row').nth(1).innerText()).toContain('第 4 行');
  const saved = staff.waitForEvent('download');
  await press(staff, '下载这些行，改好再传');
  expect((await saved).suggestedFilename()).toMatch(/\.(csv|xlsx)$/);

  await press(staff, '导入这份花名册');
  await main.getByRole('status').filter({ hasText: '花名册已经导入' }).waitFor();
  const past = main.getByRole('table', { name: '导入过的文件' }).getByRole('row').filter({ hasText: news });
  await past.waitFor();
  await file.setInputFiles(join(folder, 'files', news));
  await main.getByRole('status').filter({ hasText: '这个文件已经导入过' }).waitFor();
});

it('says beside each field what a service lacks', async () => {
  const staff = await walk.visit('staff', {}, '/community/record');
  await staff.getByLabel('房号').fill('9-9-9999');
  await press(staff, '查找');
  await expect.poll(() => faultOf(staff.getByLabel('房号')), SOON).toContain('没有找到“9-9-9999”');
  await findHouse(staff);
  await press(staff, '登记这次服务');
  const notes = {
    服务内容: '请填写做了什么',
    日期: '请选择一个真实的日期',
    活动开始: '请按 19:00 这样填写',
    时长怎么来的: '请选择一种',
  };
  for (const [label, note] of Object.entries(notes)) {
    await expect.poll(() => faultOf(staff.getByLabel(label)), { ...SOON, message: label }).toBe(note);
  }
});

it('records a service that somebody else has to rate: who recorded it cannot', async () => {
  const staff = await walk.visit('staff');
  await findHouse(staff);
  await staff.getByRole('radio', { name: /^李.*业主/ }).check();
  await staff.getByLabel('服务内容').fill('人居环境');
  await staff.getByLabel('日期').fill(new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10));
  // So early that the demo has nobody anywhere.
  await staff.getByLabel('活动开始').fill('07:00');
  await staff.getByLabel('活动结束').fill('05:00');
  await staff.getByLabel('时长怎么来的').selectOption('扫码签到签退');
  await press(staff, '登记这次服务');
  await expect.poll(() => faultOf(staff.getByLabel('活动结束')), SOON).toMatch(/^结束早于开始/);
  await staff.getByLabel('活动开始').fill('05:00');
  await staff.getByLabel('活动结束').fill('07:00');
  await press(staff, '登记这次服务');
  await staff.getByRole('status').filter({ hasText: '已经登记' }).waitFor();
  await staff.getByText('这次是您登记的，要请另一位同事评价').waitFor();
  expect(await staff.getByRole('button', { name: '评价并发放积分' }).count()).toBe(0);
  const service = new URL(staff.url()).pathname;

  const rater = await walk.visit('rater', {}, '/community/services');
  await rater.getByRole('row').filter({ hasText: '人居环境' }).getByRole('link', { name: /^评价/ }).click();
  await rater.waitForURL((url) => url.pathname === service);
  await rater.getByRole('radio', { name: '满意', exact: true }).check();
  await press(rater, '评价并发放积分');
  const rated = rater.getByRole('status').filter({ hasText: '已评为满意' });
  await rated.waitFor();
  // Two hours; what an hour earns depends on the day of the week.
  const points = Number(/发放 (\d+) 分/.exec(await rated.innerText())?.[1]);
  expect(points).toBeGreaterThanOrEqual(20);

  const volunteer = await walk.visit('volunteer');
  const available = /志愿积分\s*(\d+)\s*可用/.exec(await volunteer.getByRole('main').innerText())?.[1];
  expect(Number(available)).toBe(36 + points);
});

it('lets the auditor verify the book and open one transaction, down to its hash', async () => {
  const auditor = await walk.visit('auditor');
  const main = auditor.getByRole('main');
  await press(auditor, '开始核对');
  await main.getByRole('status').filter({ hasText: '账簿完好' }).waitFor();
  const root = /证明树的根\s*((?:[0-9a-f]{8} ?){8})/.exec(await main.innerText())?.[1];
  expect(root).toBeDefined();
  await press(auditor, '再核对一次');
  await main.getByRole('heading', { name: '之前的核对' }).waitFor();
  await main.getByRole('status').filter({ hasText: '账簿完好' }).waitFor();
  // Nothing was posted between: the same book has the same root.
  expect(await main.innerText()).toContain(root!.trim());

  // The first one stays to be read: who began it, when, and what it found.
  const earlier = main.getByRole('table', { name: '之前的核对' }).getByRole('row').last();
  expect(await earlier.innerText()).toMatch(/韩\*（编号尾号 \w{4}）\s*完好/);
  await earlier.getByRole('link').click();
  await main.getByRole('heading', { name: '核对结果' }).waitFor();
  expect(await main.innerText()).toMatch(/核对人\s*韩\*（编号尾号 \w{4}）\s*开始时间[^]*结束时间/);
  expect(await main.innerText()).toContain(root!.trim());

  await auditor.getByRole('link', { name: '交易' }).filter({ visible: true }).first().click();
  const number = main.getByLabel('按编号打开');
  await number.fill('-0');
  await press(auditor, '打开');
  await expect.poll(() => faultOf(number), SOON).toBe('编号是从 1 开始的整数，例如 2510');
  await number.fill('99999999');
  await press(auditor, '打开');
  await expect.poll(() => faultOf(number), SOON).toMatch(/^还没有这个编号，现在到 № \d+$/);
  await number.fill('№ １');
  await press(auditor, '打开');
  await main.getByRole('heading', { name: '交易 № 1', exact: true }).waitFor();
  // The book was opened: a record that moves no points has no empty table.
  expect(await main.innerText()).toContain('这一笔没有分录');
  expect(await main.getByRole('table').count()).toBe(0);
  await auditor.goBack();
  const released = main.getByRole('row').filter({ hasText: '评价后发放' }).first();
  await released.getByRole('link', { name: /^№/ }).click();
  await main.getByRole('heading', { name: /^交易 № \d+$/ }).waitFor();
  const page = await main.innerText();
  expect(page).toMatch(/经手人\s*周.（编号尾号 \w+）\s*复核人\s*田.（编号尾号 \w+）/);
  expect(page).toMatch(/每种合计都是零/);
  expect(page).toMatch(/№ \d+ 已经处理的部分\s*settled:\d+/);
  expect(page).toMatch(/哈希\s*(?:[0-9a-f]{8} ?){8}/);
  expect(page).toContain('志愿服务奖励');
  expect(await main.getByRole('table', { name: '分录' }).getByRole('row').count()).toBeGreaterThan(4);
});
