/** Posts and people: who holds what, given and ended; one person in full with a reason; who looked, for the auditor. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { faultsHere } from './support/page-walk.ts';
import { PHONE, open, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** A place within the one that the page is about. */
async function goInto(page: Page, name: RegExp): Promise<void> {
  const link = page.getByRole('main').getByRole('link', { name }).first();
  await link.waitFor({ state: 'attached' });
  if (!(await link.isVisible())) await page.getByText(/^下一级/).click();
  const place = await link.innerText();
  await link.click();
  await page.getByRole('heading', { level: 2 }).filter({ hasText: place }).waitFor();
}

it('staff give a post for some days, find it by initials, and end it after being asked', async () => {
  walk.forgive(/status of 409/);
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  await open(staff, '/posts');
  await main.getByRole('link', { name: '授予岗位' }).click();
  await staff.getByRole('heading', { level: 1, name: '授予岗位' }).waitFor();
  await main.getByLabel('岗位').selectOption({ label: '楼栋长、单元长' });
  await main.getByLabel('姓名').fill('钱伟');
  // Somebody else's, and what was typed stays.
  await main.getByLabel('手机号').fill('138 0000 0001');
  await press(staff, '授予岗位');
  await main.getByText('这个手机号已经登记在另一个人名下').waitFor();
  expect(await main.getByLabel('姓名').inputValue()).toBe('钱伟');
  await main.getByLabel('手机号').fill('');
  await main.getByLabel('到哪天为止').fill('2099-12-31');
  await press(staff, '授予岗位');
  await main.getByText('请把链接交给钱伟').waitFor();
  await main.getByRole('link', { name: '回到岗位授权' }).click();
  await main.getByLabel('按姓名找').fill('qw');
  await press(staff, '查找');
  const row = main.getByRole('row').filter({ hasText: '钱伟' });
  await expect.poll(() => row.innerText(), SOON).toMatch(/楼栋长、单元长[^]*2099年12月31日[^]*周敏/);
  await row.getByRole('link', { name: '结束钱伟的楼栋长、单元长岗位' }).click();
  await main.getByRole('heading', { name: '要结束钱伟的“楼栋长、单元长”岗位吗？' }).waitFor();
  await press(staff, '现在结束');
  await main.getByRole('status').filter({ hasText: '钱伟的岗位已结束' }).waitFor();
  await main.getByRole('link', { name: '已结束' }).click();
  await row.waitFor();
});

it('a shop manager sees the shop’s posts alone, and takes them away as a file', async () => {
  const manager = await walk.enter('manager', PHONE);
  const main = manager.getByRole('main');
  await open(manager, '/posts');
  await main.getByRole('row').filter({ hasText: '孙晓梅' }).waitFor();
  const saved = manager.waitForEvent('download');
  await main.getByRole('link', { name: 'Excel' }).click();
  expect((await saved).suggestedFilename()).toBe('岗位名册.xlsx');
});

it('a resident is shown in part; in full with a reason, which the auditor reads', async () => {
  walk.forgive(/status of 422/);
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  const { person } = walk.server.record.people.find(({ who }) => who === 'volunteer')!;
  await open(staff, `/community/people/${person}`);
  expect(await main.innerText()).toMatch(/1\d\d\*{4}\d{4}/);
  await main.getByText('查看完整姓名和手机号…').click();
  await press(staff, '显示完整信息');
  await main.getByText('请写明原因').waitFor();
  await main.getByLabel('为什么要看').fill('窗口核对电话');
  await press(staff, '显示完整信息');
  await main.getByText(/1\d{10}/).waitFor();

  await main.getByText('更正姓名、手机号…').click();
  await main.getByRole('textbox', { name: /手机号/ }).fill('13900009999');
  await press(staff, '保存更正');
  await main.getByRole('status').filter({ hasText: '已更正' }).waitFor();
  expect(await main.innerText()).toContain('139****9999');

  const auditor = await walk.enter('auditor');
  const log = auditor.getByRole('main');
  await open(auditor, '/audit/access-log');
  await goInto(auditor, /社区/);
  await goInto(auditor, /和美苑/);
  const row = log.getByRole('row').filter({ hasText: '窗口核对电话' });
  await expect.poll(() => row.innerText(), SOON).toMatch(/查看完整信息[^]*周敏/);
  await row.getByRole('link', { name: /周敏/ }).click();
  await log.getByRole('link', { name: '看全部' }).waitFor();
  // No number in the address, and a slip of the finger is no clean log.
  await log.getByLabel('手机号').fill('13900000000');
  await press(auditor, '按手机号找');
  await log.getByText('这里没有这个手机号的人的记录').waitFor();
  expect(auditor.url()).not.toContain('139');
});

it('somebody moves: from that day they are none of the household, and are added to another house, without scripts', async () => {
  walk.forgive(/status of 422/);
  const page = await walk.device({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('staff');
  await page.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
  await press(page, '登录');
  const main = page.getByRole('main');
  const { person } = walk.server.record.people.find(({ who }) => who === 'volunteer')!;
  await page.goto(`/community/people/${person}`);
  await main.getByRole('heading', { name: '同住的人' }).waitFor();
  const home = main.getByRole('row').filter({ hasText: '0501' });
  await home.getByRole('link', { name: /不再住3/ }).click();
  await main.getByRole('heading', { name: /^不再住这里/ }).waitFor();
  await main.getByLabel('原因').selectOption({ label: '卖房' });
  await press(page, '确认登记');
  await main.getByRole('status').filter({ hasText: '已登记' }).waitFor();
  expect(await home.innerText()).toContain('卖房');
  await main.getByText('登记入住另一套房…').click();
  await main.getByLabel('房号').fill('9-9-9999');
  await press(page, '登记入住');
  await main.getByText('这个小区没有这个房号').waitFor();
  await main.getByLabel('房号').fill('3-2-0502');
  await main.getByLabel('与房屋的关系').selectOption({ label: '租户' });
  await press(page, '登记入住');
  await main.getByRole('row').filter({ hasText: '0502' }).getByText('租户').waitFor();
});

it('a death is asked about twice, said where they are looked up, and taken back where it was recorded', async () => {
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  const { person } = walk.server.record.people.find(({ who }) => who === 'volunteer')!;
  const home = main.getByRole('row').filter({ hasText: '0502' });
  const ask = async () => {
    await home.getByRole('link', { name: /不再住3/ }).click();
    await main.getByLabel('原因').selectOption({ label: '去世' });
    await press(staff, '确认登记');
    await main.getByRole('heading', { name: /去世吗？$/ }).waitFor();
  };
  await open(staff, `/community/people/${person}`);
  await ask();
  expect(await faultsHere(staff)).toEqual([]);
  expect(await main.innerText()).toMatch(/本人的登录[^]*家人代办[^]*邀请链接/);
  await main.getByRole('link', { name: '回去改' }).click();
  await main.getByLabel('原因').waitFor();
  await open(staff, `/community/people/${person}`);
  expect(await main.innerText()).not.toContain('已登记去世');
  await ask();
  await press(staff, '确认登记去世');
  await main.getByText(/已登记去世（\d{4}年/).waitFor();
  await open(staff, `/community/residents/${person}`);
  await main.getByText(/已登记去世（\d{4}年/).waitFor();
  await main.getByRole('link', { name: '去更正' }).click();
  await home.getByRole('link', { name: /^更正/ }).click();
  await main.getByLabel('原因').selectOption({ label: '没有这回事，还住在这里' });
  await press(staff, '确认登记');
  await main.getByRole('status').filter({ hasText: '已登记' }).waitFor();
  await home.getByText('现在仍是').waitFor();
  expect(await main.innerText()).not.toContain('已登记去世');
});

it('the name of a place is corrected where it is shown', async () => {
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  await open(staff, '/posts');
  await goInto(staff, /超市/);
  const title = main.getByRole('heading', { name: /的岗位$/ });
  const old = (await title.innerText()).replace('的岗位', '');
  await main.getByText('更正名称…').click();
  await main.getByLabel('名称').fill(`${old}（新）`);
  await press(staff, '保存新名称');
  await main.getByRole('status').filter({ hasText: '名称已更正' }).waitFor();
  await main.getByRole('heading', { name: `${old}（新）的岗位` }).waitFor();
});
