/** An accountant's whole month without a mouse: bills in, offsets out, the firm's list back, breaks, and the closed book. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Fingers } from './support/fingers.ts';
import { ready, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

it('is closed by keys alone, and signed by a second person the same way', async () => {
  const { folder, record } = walk.server;
  const sample = (part: string, at = 0) =>
    join(folder, 'files', record.files.filter((file) => file.includes(part)).at(at) ?? '');
  const member = await walk.enter('volunteer', {}, '/me/bills');
  const hers = new Fingers(member);
  const bill = member.getByRole('main').getByRole('listitem').filter({ hasText: '¥118.32' });
  await hers.follow(bill.getByRole('link', { name: '查看账单' }).first());
  await hers.press(member.getByRole('button', { name: /^确认抵扣 ¥35\.49/ }));
  await member.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();

  const page = await walk.enter('accountant');
  const by = new Fingers(page);
  const main = page.getByRole('main');
  const nav = (name: string) =>
    page
      .getByRole('navigation', { name: '主要页面' })
      .getByRole('link', { name, exact: true })
      .filter({ visible: true });
  const button = (name: string | RegExp) =>
    main.getByRole('button', { name, exact: typeof name === 'string' });
  const told = (text: string | RegExp) =>
    main.getByRole('status').filter({ hasText: text }).first().waitFor();

  // Bills of the month to come.
  await by.follow(nav('账单'));
  await by.follow(main.getByRole('link', { name: '导入账单' }));
  await by.choose(main.getByLabel(/的账单$/), sample('物业费应收明细表', -1));
  await main.getByRole('heading', { name: '检查结果（还没有写入）' }).waitFor();
  await by.press(button('导入这些账单'));
  await told('账单已经导入');

  // What residents offset goes to the firm.
  await by.follow(nav('抵扣单'));
  await by.press(button('导出全部待导出的'));
  await by.press(button(/^确认导出 \d+ 张$/));
  await told(/张，共 ¥/);
  await by.press(button(/^标为已送出/).first());
  await told('已送出');

  // Its list comes back.
  await by.follow(nav('对账'));
  await by.choose(main.getByLabel(/的入账清单$/), sample('入账清单'));
  await by.press(button('确认这次对账'));
  await main.getByRole('link', { name: '处理差异' }).waitFor();

  // Break by break, and the rest at once.
  await by.follow(nav('差异'));
  const left = async () =>
    Number(/(\d+) 处/.exec(await main.locator('[data-part="totals"]').innerText())?.[1]);
  const before = await left();
  expect(before).toBeGreaterThan(5);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-break') ?? '');
  await page.keyboard.press('j');
  const first = await focused();
  await page.keyboard.press('j');
  expect(await focused()).not.toBe(first);
  await page.keyboard.press('k');
  expect(await focused()).toBe(first);
  await page.keyboard.press('c');
  await page.keyboard.type('jak 给物业打过电话');
  await page.keyboard.press('Enter');
  await told('已经写上');
  await main.getByText(/：jak 给物业打过电话$/).waitFor();
  await expect.poll(focused, SOON).toBe(first);
  // Escape leaves a field for its break; what is typed there is text until then.
  await page.keyboard.press('c');
  await page.keyboard.type('u');
  await page.keyboard.press('Escape');
  expect(await focused()).toBe(first);
  // Letters can be switched off, and stay so on this computer.
  const letters = page.getByRole('dialog', { name: '只用键盘也能核对' });
  const turnLetters = async () => {
    await letters.getByLabel('用单个字母键').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await letters.waitFor({ state: 'hidden' });
  };
  await page.keyboard.press('?');
  await turnLetters();
  await page.reload();
  await ready(page);
  await page.keyboard.press('j');
  expect(await focused()).toBe('');
  await by.press(button('只用键盘也能核对'));
  await turnLetters();
  await page.keyboard.press('j');
  expect(await focused()).toBe(first);
  await page.keyboard.press('a');
  await page.keyboard.type('已与物业核对');
  await page.keyboard.press('Enter');
  await told('处理结果已经记下');
  await expect.poll(left, SOON).toBe(before - 1);
  await page.keyboard.press('u');
  await told('已经撤销');
  await expect.poll(left, SOON).toBe(before);

  await page.keyboard.press('/');
  await page.keyboard.type('0003');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=0003/);
  await ready(page);
  expect(await main.getByRole('article').count()).toBeLessThan(before);
  await by.follow(main.getByRole('link', { name: '不找了' }));

  await page.keyboard.press('b');
  await page.keyboard.type('整批核对过');
  await by.press(button('办理筛选出的全部'));
  await by.press(page.getByRole('dialog').getByRole('button', { name: /^办理 \d+ 处$/ }));
  await told(/办好 \d+ 处/);
  await expect.poll(left, SOON).toBeLessThan(before);
  const rest = await left();
  // Where a person has to choose there is nothing to take up: the way first, then a word.
  for (let open = rest; open > 0; open--) {
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await page.keyboard.press('Tab');
    await page.keyboard.type('两行里先请物业查清');
    await page.keyboard.press('Enter');
    await expect.poll(left, SOON).toBe(open - 1);
  }
  await main.getByText('都处理过了').waitFor();

  // The checklist, and the request.
  await by.follow(nav('月结'));
  const turn = main.getByText(/^下一个要关的是/);
  const month = (await turn.innerText()).replace('下一个要关的是', '');
  await main.getByRole('heading', { name: `${month}：关账前逐项看` }).waitFor();
  await by.press(button('申请关账…'));
  const asked = page.getByRole('dialog', { name: `要申请关${month}的账吗？` });
  await by.press(asked.getByRole('button', { name: '确认申请' }));
  await main.getByText(`${month}的关账申请在等批准`).waitFor();

  const leads = await walk.enter('lead', {}, '/fees/months');
  const lead = new Fingers(leads);
  await lead.press(leads.getByRole('main').getByRole('button', { name: '关账…' }));
  const question = leads.getByRole('dialog', { name: `要关${month}的账吗？` });
  await lead.press(question.getByRole('button', { name: '确认关账' }));
  await leads
    .getByRole('status')
    .filter({ hasText: `${month}已经关账` })
    .waitFor();

  // The voucher on paper.
  await by.follow(nav('今天'));
  await by.follow(nav('月结'));
  await by.follow(main.getByRole('link', { name: new RegExp(`^月结单 · 第 1 版 ?${month}$`) }));
  await by.follow(main.getByRole('link', { name: '记账凭证', exact: true }));
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await by.press(button('打印'));
  await page.locator('body[data-printed]').waitFor({ state: 'attached' });
});
