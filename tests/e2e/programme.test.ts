/** Kinds of points from their first day, what an auditor reads of the programme, and a resident's own household. */
import { expect, it } from 'vitest';
import { faultOf, open, PHONE, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

it('staff make a kind of points, are told what cannot change, mend its name and open its fund', async () => {
  walk.forgive(/status of 4\d\d/);
  const page = await walk.enter('staff', {}, '/programme/units');
  const main = page.getByRole('main');
  await main
    .getByRole('region', { name: /^消费积分/ })
    .getByText('按消费规则')
    .waitFor();
  await main.getByRole('link', { name: '新设一种积分' }).click();
  await page.waitForURL((url) => url.pathname === '/programme/units/new');
  await press(page, '设立');
  await expect.poll(() => faultOf(main.getByLabel('代号')), SOON).toContain('大写英文字母');
  await main.getByLabel('代号').fill('grn');
  await main.getByLabel('中文名称').fill('低碳积分');
  await main.getByLabel('英文名称').fill('green points');
  await main.getByLabel('依据').fill('金康社区〔2026〕第 9 号会议纪要');
  await press(page, '设立');
  await page.waitForURL((url) => url.pathname === '/programme/units');
  const unit = main.getByRole('region', { name: /^低碳/ });
  await unit.getByText('还没有经费出资，发不出来').waitFor();
  expect(await unit.innerText()).toMatch(/周\*.*依据：金康社区〔2026〕第 9 号会议纪要/);
  await unit.getByText('更正名称或到期').click();
  await unit.getByText('还没有人得到这种积分').waitFor();
  await unit.getByLabel('中文名称').fill('低碳环保积分');
  await unit.getByLabel('为什么更正').fill('按会议纪要写全');
  await press(page, '保存更正');
  await main.getByRole('status').filter({ hasText: '已更正' }).waitFor();

  await open(page, '/programme');
  await main.getByText('开立一项经费').first().click();
  await main.getByLabel('哪种积分').selectOption({ label: '低碳环保积分' });
  await main.getByLabel('经费名称').fill('金康社区低碳经费');
  await main.getByLabel('每分结算多少元').fill('0.05');
  await press(page, '开立一项经费');
  await main
    .getByRole('region', { name: '金康社区低碳经费' })
    .getByText('低碳环保积分 · 每分 ¥0.05')
    .waitFor();
});

it('community staff cap what a shop of theirs takes in a month, and are offered no end of what the street agreed', async () => {
  const page = await walk.enter('staff', {}, '/programme/agreements');
  const main = page.getByRole('main');
  // What they agreed on themselves, with the shop that they stock, is theirs to end.
  expect(await main.getByRole('link', { name: /^结束/ }).count()).toBe(1);
  await main.getByText('由街道工作人员或系统管理员登记和结束').waitFor();
  await main
    .getByRole('link', { name: /^改和美积分超市.*每月的上限/ })
    .first()
    .click();
  await main.getByRole('textbox', { name: /每月最多收多少分/ }).fill('２０，０００');
  await main.getByRole('textbox', { name: '依据' }).fill('居民代表会议第 5 号决议');
  await press(page, '确认登记');
  await main.getByRole('status').filter({ hasText: '已登记，从今天起' }).waitFor();
  await main.getByText('每种积分每月最多收 20,000 分').first().waitFor();
});

it('the street ends an agreement about all funds, is told what is missing, and the list says who ended it and why', async () => {
  walk.forgive(/status of 422/);
  const page = await walk.enter('street', {}, '/programme/agreements?state=in-force');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: /^结束和美积分超市东门店/ }).click();
  await main
    .getByRole('heading', { name: /^要结束和美积分超市东门店.*收“所有经费”积分的约定吗？$/ })
    .waitFor();
  await press(page, '确认结束');
  await expect.poll(() => faultOf(main.getByLabel('最后一天')), SOON).not.toBe('');
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await main.getByLabel('最后一天').fill(day);
  await main.getByLabel('为什么').fill('店面转让');
  await press(page, '确认结束');
  await main.getByRole('status').filter({ hasText: '已登记结束' }).waitFor();
  await main.getByText('蒋*登记结束：店面转让').waitFor();
  expect(await main.getByRole('link', { name: /^结束和美积分超市东门店/ }).count()).toBe(0);
});

it('an auditor reads rules, funds, agreements and kinds of points, and finds nothing to press', async () => {
  walk.forgive(/status of 403/);
  const page = await walk.enter('auditor', {}, '/programme/rules');
  const main = page.getByRole('main');
  await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '规则' }).waitFor();
  const doing = /改规则|试算|申请额度|批准|收回|退回|登记一份约定|^结束|上限|新设|更正|开立/;
  for (const path of ['/programme/rules', '/programme', '/programme/agreements', '/programme/units']) {
    await open(page, path);
    await main.getByRole('heading', { level: 1 }).waitFor();
    expect(await main.getByRole('button', { name: doing }).count(), path).toBe(0);
    expect(await main.getByRole('link', { name: doing }).count(), path).toBe(0);
  }
  await open(page, '/programme/rules');
  await main.getByRole('link', { name: /^查看/ }).first().click();
  await main.getByRole('heading', { name: '全部规定' }).waitFor();
  for (const path of ['/programme/units/new', '/programme/agreements/new', '/programme/rules/new']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
  }
});

it('a resident finds household, what is due and who else lives there one tap from the passbook', async () => {
  const page = await walk.enter('volunteer', PHONE);
  const main = page.getByRole('main');
  await main.getByRole('link', { name: '我的家' }).click();
  const home = main.getByRole('region', { name: '3栋2单元0501' });
  await home.getByText('您是业主').waitFor();
  expect(await home.innerText()).toMatch(/待缴 \d+ 张账单，共\s*¥[\d,]+\.\d\d/);
  expect(await main.innerText()).not.toMatch(/1\d{10}|\*{4}/);
  // Whoever is themselves, acting for nobody, is shown the way to a helper: an absent proxy once hid it.
  await main.getByRole('link', { name: '请家人代办' }).waitFor();
  // Two taps say that one's points pay along (一起抵扣), and two take it back; she had agreed.
  await home.getByText('撤回同意', { exact: true }).click();
  await home.getByRole('button', { name: '撤回，不再一起抵' }).click();
  await home.getByText('已撤回').waitFor();
  await home.getByText('同意一起抵', { exact: true }).click();
  await home.getByRole('button', { name: '同意用我的积分一起抵扣这套房屋的费用' }).click();
  await home.getByText(/您从\d+年\d+月\d+日起同意/).waitFor();
  await home.getByRole('link', { name: '看账单' }).click();
  await main.getByRole('heading', { name: '物业账单' }).waitFor();
});
