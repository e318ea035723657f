/** The firm's desk: bills come in, offsets go out, and what the firm posted is held against what was offset. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { faultsOf } from './support/looks.ts';
import { faultOf, press, ready, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** One of the files that the demo leaves to be tried. */
function sample(part: string, at = 0): string {
  const { folder, record } = walk.server;
  const names = record.files.filter((file) => file.includes(part));
  return join(folder, 'files', names.at(at) ?? '');
}

async function follow(page: Page, name: string): Promise<void> {
  const links = page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name, exact: true });
  await links.filter({ visible: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

it('exports what residents offset, which can then no longer be cancelled', async () => {
  const volunteer = await walk.visit('volunteer', {}, '/me/bills');
  const bill = volunteer.getByRole('main').getByRole('listitem').filter({ hasText: '¥118.32' });
  await bill.getByRole('link', { name: '查看账单' }).first().click();
  await press(volunteer, /^确认抵扣 ¥35\.49/);
  await volunteer.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();
  const number = /№ (\S+)/.exec(await volunteer.getByRole('main').innerText())?.[1] ?? '';

  const accountant = await walk.visit('accountant');
  const main = accountant.getByRole('main');
  await follow(accountant, '抵扣单');
  const held = main.getByRole('row').filter({ hasText: number });
  expect(await held.innerText()).toMatch(/3,189 消费积分 \+ 36 志愿积分|36 志愿积分 \+ 3,189 消费积分/);
  await press(accountant, '导出全部待导出的');
  await accountant.getByRole('heading', { name: /待导出的抵扣单交给物业吗/ }).waitFor();
  await press(accountant, /^确认导出 \d+ 张$/);
  const done = main.getByRole('status').filter({ hasText: '张，共 ¥' });
  const saved = accountant.waitForEvent('download');
  await done.getByRole('link', { name: /^Excel/ }).click();
  expect((await saved).suggestedFilename()).toMatch(/^抵扣清单-.+\.xlsx$/);
  await main.getByRole('navigation', { name: '状态' }).getByRole('link', { name: '已交给物业' }).click();
  await main.getByRole('row').filter({ hasText: number }).waitFor();

  await volunteer.reload();
  await volunteer.getByText('已交给物业').waitFor();
  expect(await volunteer.getByRole('button', { name: '取消这次抵扣' }).count()).toBe(0);
});

it('finds every planted break in the posted list, side by side, and a person resolves one', async () => {
  const accountant = await walk.visit('accountant');
  const main = accountant.getByRole('main');
  await follow(accountant, '对账');
  await main.getByLabel(/的入账清单$/).setInputFiles(sample('入账清单'));
  const kinds = [
    '物业没有',
    '我们没有',
    '金额不同',
    '重复入账',
    '月份不同',
    '房号不同',
    '已先交现金',
    '物业退回',
  ];
  const found = main.getByRole('table', { name: /处差异$/ });
  await found.waitFor();
  for (const kind of kinds) {
    expect(await found.getByRole('row').filter({ hasText: kind }).count(), kind).toBeGreaterThan(0);
  }
  await press(accountant, '确认这次对账');
  await main.getByRole('link', { name: '处理差异' }).click();
  // What was exported just now came too late for a list of last month.
  await main
    .getByText(/^另有 \d+ 张抵扣单（共 ¥[\d.,]+）是\s?\d{4}年\d{1,2}月\d{1,2}日以后才交给物业的/)
    .waitFor();
  const show = main.getByRole('navigation', { name: '显示' });
  await show.getByRole('link', { name: /^还没到期 \d+$/ }).click();
  await main
    .getByRole('table', { name: /^还没到期/ })
    .getByText('已交给物业')
    .first()
    .waitFor();
  await show.getByRole('link', { name: '差异' }).click();
  const left = main.getByText(/^还有 \d+ 处差异要处理$/);
  const before = Number(/\d+/.exec(await left.innerText())?.[0]);

  const amount = main
    .getByRole('article')
    .filter({ has: accountant.getByRole('heading', { name: '金额不同' }) });
  const sides = await amount
    .getByRole('table', { name: '两边对比' })
    .getByRole('row')
    .filter({ hasText: '金额' })
    .innerText();
  expect(sides).toMatch(/¥35\.49\s.*¥35\.50/s);
  await amount.getByText(/^处理 · /).click();
  const comment = amount.getByLabel('说明');
  await press(accountant, '记下处理结果');
  await expect.poll(() => faultOf(comment), SOON).toBe('请写一句说明');
  await comment.fill('与物业核对：多记 0.01 元，请他们下月更正');
  await press(accountant, '记下处理结果');
  await main.getByRole('status').filter({ hasText: '处理结果已经记下' }).waitFor();
  await main.getByText(`还有 ${before - 1} 处差异要处理`).waitFor();

  const house = main
    .getByRole('article')
    .filter({ has: accountant.getByRole('heading', { name: '房号不同' }) });
  await house.getByText(/^处理 · /).click();
  const ways = house.getByRole('group', { name: '怎么处理？' });
  expect(await ways.getByRole('radio').count()).toBe(2);
  await house.getByLabel('照物业的入账核销（要两位同事）').check();
  await house.getByLabel('说明').fill('物业确认是同一户的另一个房号');
  await press(accountant, '记下处理结果');
  await main.getByRole('status').filter({ hasText: '已经提出，等另一位同事来办' }).waitFor();
  await house.getByText('您提出“照物业的入账核销”，等另一位同事来办。').waitFor();
  await main.getByText(`还有 ${before - 1} 处差异要处理`).waitFor();

  // What was seen hangs on the difference; what only calls itself a picture does not.
  await house.getByText('附上凭据', { exact: true }).click();
  const picked = house.getByLabel('照片、扫描件或 PDF');
  const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
  await picked.setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') });
  await house.getByRole('button', { name: '附上', exact: true }).click();
  await house.getByText('这种文件不能附上').waitFor();
  await picked.setInputFiles({ name: '更正单.pdf', mimeType: 'application/pdf', buffer: pdf });
  await house.getByRole('button', { name: '附上', exact: true }).click();
  await main.getByRole('status').filter({ hasText: '已经附上' }).waitFor();
  const saved = accountant.waitForEvent('download');
  await house.getByRole('link', { name: '更正单.pdf' }).click();
  expect((await saved).suggestedFilename()).toBe('更正单.pdf');

  const lead = await walk.visit('lead', {}, '/fees/breaks');
  const same = lead
    .getByRole('article')
    .filter({ has: lead.getByRole('heading', { name: '房号不同' }) })
    .filter({ hasText: '另一位同事提出“照物业的入账核销”' });
  await same.getByText(/^处理 · /).click();
  await same.getByLabel('说明').fill('已核对');
  await press(lead, '记下处理结果');
  await lead.getByRole('status').filter({ hasText: '处理结果已经记下' }).waitFor();
  await accountant.reload();
  await main.getByText(`还有 ${before - 2} 处差异要处理`).waitFor();
});

it('checks a sheet of bills against its own total before it takes it in', async () => {
  walk.forgive(/status of 422/);
  const accountant = await walk.visit('accountant', {}, '/fees/bills');
  const main = accountant.getByRole('main');
  await main.getByRole('link', { name: '导入账单' }).click();
  const file = main.getByLabel(/的账单$/);
  await file.setInputFiles({
    ...{ name: 'bills.csv', mimeType: 'text/csv' },
    buffer: Buffer.from('房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,209912,1e9\n'),
  });
  await main.getByRole('table', { name: '1 行需要修改' }).waitFor();
  expect(await main.getByRole('button', { name: '导入这些账单' }).count()).toBe(0);

  await file.setInputFiles(sample('物业费应收明细表', -1));
  await main.getByRole('heading', { name: '检查结果（还没有写入）' }).waitFor();
  expect(await main.innerText()).toMatch(/逐行相加\s*(¥[\d.,]+)\s*文件里的合计\s*\1\s*相差\s*¥0\.00/);
  await press(accountant, '导入这些账单');
  await main.getByRole('status').filter({ hasText: '账单已经导入' }).waitFor();
});

it('a month is asked for by the accountant, closed by the finance lead, and opened again by them with a reason', async () => {
  walk.forgive(/status of 4\d\d/);
  const accountant = await walk.visit('accountant');
  await follow(accountant, '月结');
  const main = accountant.getByRole('main');
  const turn = main.getByText(/^下一个要关的是/);
  const month = (await turn.innerText()).replace('下一个要关的是', '');
  const asked = accountant.getByRole('dialog', { name: `要申请关${month}的账吗？` });
  await press(accountant, '申请关账…');
  expect(await asked.innerText()).toMatch(
    /由财务负责人批准[^]*和美苑[^]*抵扣单\s*\d+ 张\s*抵扣合计\s*¥[\d,]+\.\d\d/,
  );
  await asked.getByRole('button', { name: '先不关' }).click();
  await asked.waitFor({ state: 'hidden' });
  await press(accountant, '申请关账…');
  await asked.getByRole('button', { name: '确认申请' }).dblclick();
  await main.getByText(`${month}的关账申请在等批准`).waitFor();

  const lead = await walk.visit('lead', {}, '/fees/months');
  const leads = lead.getByRole('main');
  const question = lead.getByRole('dialog', { name: `要关${month}的账吗？` });
  await press(lead, '关账…');
  await question.getByRole('button', { name: '确认关账' }).dblclick();
  await leads
    .getByRole('status')
    .filter({ hasText: `${month}已经关账` })
    .waitFor();
  const line = leads.getByRole('listitem').filter({ hasText: month });
  expect(await line.count()).toBe(1);
  expect(await line.innerText()).toContain('已关账');
  expect(await leads.getByText(/^下一个要关的是/).innerText()).not.toContain(month);

  await accountant.reload();
  const own = main.getByRole('listitem').filter({ hasText: month });
  const reason = own.getByLabel('原因');
  await own.getByText('重新打开…').click();
  await press(accountant, '重新打开这个月');
  await expect.poll(() => faultOf(reason), SOON).toBe('请写明原因');
  await reason.fill('物业补报了一笔');
  await press(accountant, '重新打开这个月');
  await main.getByRole('alert').filter({ hasText: '需要另一位同事来做' }).waitFor();
  expect(await reason.inputValue()).toBe('物业补报了一笔');

  await line.getByText('重新打开…').click();
  await line.getByLabel('原因').fill('物业补报了一笔');
  await press(lead, '重新打开这个月');
  await leads
    .getByRole('status')
    .filter({ hasText: `${month}已经重新打开` })
    .waitFor();
  expect(await line.innerText()).toMatch(/重新打开了[^]*物业补报了一笔/);
  await leads.getByText(`下一个要关的是${month}，等会计先申请`).waitFor();

  // Declined, the month is asked for anew and closed anew.
  for (const answer of ['退回申请', '关账…']) {
    await accountant.reload();
    await press(accountant, '申请关账…');
    await asked.getByRole('button', { name: '确认申请' }).click();
    await main.getByText(`${month}的关账申请在等批准`).waitFor();
    await lead.reload();
    await press(lead, answer);
    if (answer === '退回申请') await leads.getByText(`${month}的关账申请已经撤下`).waitFor();
    else await question.getByRole('button', { name: '确认关账' }).click();
  }
  await leads
    .getByRole('status')
    .filter({ hasText: `${month}已经关账` })
    .waitFor();
  expect(await line.count()).toBe(2);

  // Each closing left its paper, signed by both; the first says that it was replaced, and why.
  const paper = async (name: string | RegExp) => {
    await leads.getByRole('link', { name, exact: true }).click();
    await ready(lead);
  };
  await paper(new RegExp(`^月结单 · 第 2 版 ?${month}$`));
  await leads.getByText(/^与账上的记录一致/).waitFor();
  expect(await leads.innerText()).toMatch(/制单\s*\S+　[^]*审核\s*\S+　/);
  expect(await faultsOf(lead)).toEqual([]);
  await paper('第 1 版');
  await leads.getByText(/重新打开，原因：物业补报了一笔$/).waitFor();
  await leads.getByText('现在有效的是第 2 版').waitFor();
  await paper('整套打印');
  await leads.getByRole('heading', { name: /^月结资料/ }).waitFor();
  expect(await faultsOf(lead)).toEqual([]);
  await lead.goBack();
  await ready(lead);
  await paper('记账凭证');
  await leads.getByText('用的是系统给的常用科目，请贵司财务核对').waitFor();
  expect(await faultsOf(lead)).toEqual([]);
  await paper('核对科目');
  await leads.getByLabel('编码').first().fill('122105');
  await press(lead, '保存科目');
  await leads.getByText('已提交，等另一位同事复核后生效').waitFor();

  // They hold for every estate of the firm, so a second person sees what differs and approves.
  await accountant.goto(new URL('/fees/settings', accountant.url()).href);
  await ready(accountant);
  await main.getByText('122105 其他应收款—积分结算款').waitFor();
  expect(await faultsOf(accountant)).toEqual([]);
  await press(accountant, '复核通过，开始使用');
  await main.getByRole('status').filter({ hasText: '已复核，从现在起使用新的设置' }).waitFor();
  await main.getByRole('button', { name: '恢复到改之前' }).waitFor();
  await lead.reload();
  await leads.getByText('第 1 版', { exact: true }).waitFor();
});
