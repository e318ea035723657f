/** From an empty folder to the first award: the link in the terminal, files, colleagues, rules, and the five daily jobs. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { choosePassword } from './support/choose-password.ts';
import { faultsOf } from './support/looks.ts';
import { faultOf, open, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough({ empty: true });
const DAY_MS = 86_400_000;

const main = (page: Page) => page.getByRole('main');
const field = (page: Page, label: string) => main(page).getByLabel(label, { exact: true });

/** The state that the checklist shows beside a step. */
async function stateOf(page: Page, step: string): Promise<string> {
  const item = main(page).getByRole('listitem').filter({ hasText: step });
  return (await item.textContent()) ?? '';
}

/** Invites somebody on the page of a place, and opens the link on a device of their own. */
async function invite(page: Page, { place, role, name }: Record<'place' | 'role' | 'name', string>) {
  await field(page, '在哪里').selectOption({ label: place });
  await expect.poll(() => field(page, '岗位').locator('option').allTextContents(), SOON).toContain(role);
  await field(page, '岗位').selectOption({ label: role });
  await field(page, '姓名').fill(name);
  await press(page, '生成邀请链接');
  await main(page).getByText(`请把链接交给${name}`).waitFor();
  const link = await field(page, '邀请链接').inputValue();
  const device = await walk.device();
  await open(device, link);
  return { device, link };
}

type Budget = { place: string; fund: string; worth: string };

/** On the page of funds, those of one place; a plain line where there is no other. */
async function openFunds(page: Page, place: string): Promise<void> {
  await open(page, '/programme');
  await field(page, '哪一处的经费').selectOption({ label: place });
  await page.waitForURL((url) => url.searchParams.has('place'));
}

/** One colleague asks on the strength of a document, another approves; who asked has no button for it. */
async function approveBudget(maker: Page, checker: Page, { place, fund: called, worth }: Budget) {
  await openFunds(maker, place);
  const fund = main(maker).getByRole('region', { name: called });
  await fund.getByLabel('申请多少分').fill('0');
  await press(maker, '申请额度');
  await expect.poll(() => faultOf(fund.getByLabel('申请多少分')), SOON).toBe('请填写大于 0 的整数');
  expect(await faultOf(fund.getByLabel('依据'))).toContain('请填写依据');
  await fund.getByLabel('申请多少分').fill('50,000');
  await fund.getByLabel('依据').fill('金康社区〔2026〕第 1 号会议纪要');
  await press(maker, '申请额度');
  await main(maker).getByText('已申请，等另一位同事批准').waitFor();
  expect(await main(maker).getByRole('button', { name: /^批准/ }).count()).toBe(0);
  expect(await faultsOf(maker)).toEqual([]);

  await openFunds(checker, place);
  expect(await main(checker).getByRole('row').nth(1).innerText()).toContain(`50,000 分，合 ${worth}`);
  await main(checker)
    .getByRole('button', { name: `批准${called}的 50,000 分` })
    .press('Enter');
  await checker.getByRole('dialog').getByRole('button', { name: '确认批准' }).press('Enter');
  await main(checker).getByText('已批准，这笔额度可以用了').waitFor();
  await main(checker).getByText('没有等批准的申请').waitFor();
  expect(await faultsOf(checker)).toEqual([]);
}

it('an empty system is set up from the link in the terminal to its first award', async () => {
  walk.forgive(/status of 4\d\d/);
  const page = await walk.device();
  await open(page, walk.setUpLink);
  expect(await faultsOf(page)).toEqual([]);
  await press(page, '设好，开始登记');
  await expect.poll(() => faultOf(field(page, '您的姓名')), SOON).toBe('请填写这一项');
  await field(page, '您的姓名').fill('林建平');
  await choosePassword(page, 'lin.jianping');
  await press(page, '设好，开始登记');

  // The official divisions, each choice opening the next list.
  await page.waitForURL((url) => url.pathname === '/setup/place');
  for (const [label, chosen] of [
    ['省、自治区、直辖市', '河南省'],
    ['市', '开封市'],
    ['区、县', '龙亭区'],
    ['街道、镇、乡', '金明池街道'],
  ] as const) {
    await field(page, label).selectOption({ label: chosen });
    await page.waitForURL((url) => [...url.searchParams].length > 0);
    await expect.poll(() => field(page, label).locator('option:checked').textContent(), SOON).toBe(chosen);
  }
  await field(page, '社区').fill('金康社区');
  expect(await faultsOf(page)).toEqual([]);
  await press(page, '登记这个社区');
  await main(page).getByRole('heading', { name: '开通金康社区' }).waitFor();
  expect(await stateOf(page, '登记小区')).toContain('还没做');
  expect(await faultsOf(page)).toEqual([]);

  await main(page)
    .getByRole('link', { name: /登记小区/ })
    .click();
  for (const [label, name, button] of [
    ['小区名称', '和美苑', '登记小区'],
    ['物业公司名称', '和美物业', '登记物业公司'],
    ['商户名称', '和美积分超市', '登记商户'],
  ] as const) {
    await field(page, label).fill(name);
    await press(page, button);
    await main(page)
      .getByRole('status')
      .filter({ hasText: `已登记：${name}` })
      .waitFor();
  }
  expect(await faultsOf(page)).toEqual([]);

  await main(page).getByRole('link', { name: '回到开通清单' }).click();
  await main(page)
    .getByRole('link', { name: /邀请同事/ })
    .click();
  const { device: staff, link } = await invite(page, {
    ...{ place: '金康社区', role: '社区工作人员', name: '周敏' },
  });
  expect(await faultsOf(page)).toEqual([]);
  await main(staff).getByRole('heading', { name: '欢迎，周敏' }).waitFor();
  expect(await faultsOf(staff)).toEqual([]);
  await choosePassword(staff, 'zhou.min');
  await press(staff, '开通并登录');
  await staff.waitForURL((url) => url.pathname === '/community');
  const late = await walk.device();
  await open(late, link);
  await main(late).getByText('这个链接已经用过了').waitFor();

  const { device: rater } = await invite(page, { place: '金康社区', role: '社区工作人员', name: '田静' });
  await choosePassword(rater, 'tian.jing');
  await press(rater, '开通并登录');
  const devices = new Map<string, Page>();
  for (const [username, post] of [
    ['zheng', { place: '和美物业', role: '物业财务', name: '郑国平' }],
    ['he', { place: '和美物业', role: '财务负责人', name: '何建军' }],
    ['sun', { place: '和美积分超市', role: '商户店员', name: '孙晓梅' }],
    ['han', { place: '金明池街道', role: '审计人员', name: '韩正' }],
  ] as const) {
    const { device } = await invite(page, post);
    await choosePassword(device, `user.${username}`);
    await press(device, '开通并登录');
    await device.waitForURL((url) => !url.pathname.startsWith('/join'));
    devices.set(username, device);
  }
  // Whoever keeps accounts at the firm works in the estate that it serves.
  await open(devices.get('zheng')!, '/fees');
  await main(devices.get('zheng')!)
    .getByRole('heading', { name: /^和美苑/ })
    .first()
    .waitFor();

  await main(page).getByRole('link', { name: '回到开通清单' }).click();
  expect(await stateOf(page, '邀请同事')).toContain('已完成');
  await main(page)
    .getByRole('link', { name: /定规则/ })
    .click();
  await field(page, '依据').fill('居民代表会议 2026 年第 3 号决议');
  expect(await faultsOf(page)).toEqual([]);
  await press(page, '用这套样板');
  await main(page).getByText('已补齐：规则 3 条').waitFor();

  // The roster: the very file that the page offers as a sample.
  await open(staff, '/community/roster');
  const saved = staff.waitForEvent('download');
  await main(staff).getByRole('link', { name: '下载花名册样表' }).click();
  await main(staff)
    .getByLabel(/的花名册$/)
    .setInputFiles(await (await saved).path());
  await main(staff).getByRole('heading', { name: '检查结果（还没有写入）' }).waitFor();
  await press(staff, '导入这份花名册');
  await main(staff).getByRole('status').filter({ hasText: '花名册已经导入' }).waitFor();

  await open(staff, '/community/record?house=3-2-0501');
  await main(staff)
    .getByRole('radio', { name: /^王.*业主/ })
    .check();
  await field(staff, '服务内容').fill('人居环境');
  await field(staff, '日期').fill(new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10));
  await field(staff, '活动开始').fill('09:00');
  await field(staff, '活动结束').fill('11:00');
  await field(staff, '时长怎么来的').selectOption('扫码签到签退');
  await press(staff, '登记这次服务');
  // Nobody has approved a budget yet.
  await main(staff).getByRole('alert').waitFor();
  const desk = await staff.context().newPage();
  await approveBudget(desk, rater, {
    ...{ place: '金康社区', fund: '金康社区志愿服务经费', worth: '¥5,000.00' },
  });
  await press(staff, '登记这次服务');
  await main(staff).getByRole('status').filter({ hasText: '已经登记' }).waitFor();

  await open(rater, '/community/services');
  await main(rater)
    .getByRole('link', { name: /^评价 / })
    .click();
  await main(rater).getByRole('radio', { name: '满意', exact: true }).check();
  await press(rater, '评价并发放积分');
  await main(rater).getByRole('status').filter({ hasText: '已评为满意' }).waitFor();
  // The shop's fund has no budget yet: with it, the last thing is there.
  await open(page, '/setup');
  await main(page).getByText('还缺：和美积分超市消费积分经费的额度').waitFor();
  await approveBudget(desk, rater, {
    ...{ place: '和美积分超市', fund: '和美积分超市消费积分经费', worth: '¥500.00' },
  });
  await open(page, '/setup');
  await main(page).getByRole('status').filter({ hasText: '都齐了，可以用起来了' }).waitFor();

  const auditor = devices.get('han')!;
  await open(auditor, '/audit');
  await press(auditor, '开始核对');
  await main(auditor).getByRole('status').filter({ hasText: '账簿完好' }).waitFor();

  const again = await walk.device();
  await open(again, walk.setUpLink);
  await main(again).getByText('已经设置过管理员了').waitFor();
});
