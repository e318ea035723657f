/** Where there is a finance lead, an accountant who looks at a colleague's request is told who is to approve it. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { open, press, ready, walkThrough } from './support/walk.ts';

const walk = walkThrough();

it('a write-off and its reversal ask the finance lead, and say to everybody else that they do', async () => {
  const accountant = await walk.visit('accountant', {}, '/fees/reconcile');
  const { folder, record } = walk.server;
  const list = record.files.find((file) => file.includes('入账清单')) ?? '';
  const main = accountant.getByRole('main');
  await main.getByLabel(/的入账清单$/).setInputFiles(join(folder, 'files', list));
  await press(accountant, '确认这次对账');
  await main.getByRole('link', { name: '处理差异' }).click();
  const found = main
    .getByRole('article')
    .filter({ has: accountant.getByRole('heading', { name: '金额不同' }) })
    .first();
  const number = /DK-\d{4}-\d{4}/.exec(await found.innerText())?.[0] ?? '';
  const cardOf = (page: typeof accountant) =>
    page.getByRole('main').getByRole('article').filter({ hasText: number });
  const card = cardOf(accountant);
  await card.getByText(/^处理 · /).click();
  await card.getByLabel('差异转销，由物业承担（要两位同事）').check();
  await card.getByLabel('说明').fill('一分钱，不必更正');
  await press(accountant, '记下处理结果');
  await card.getByText('您提出“差异转销，由物业承担”，等另一位同事来办。').waitFor();
  // What was asked for is not asked anew.
  expect(await card.getByLabel('说明').isVisible()).toBe(false);

  const checker = await walk.visit('checker', {}, '/fees/breaks');
  await cardOf(checker)
    .getByText(/请财务负责人核对后选同样的办法；没有财务负责人的，由您核对/)
    .waitFor();
  const lead = await walk.visit('lead', {}, '/fees/breaks');
  await cardOf(lead)
    .getByText(/您核对后选同样的办法，就办了/)
    .waitFor();
  await cardOf(lead)
    .getByText(/^处理 · /)
    .click();
  await cardOf(lead).getByLabel('说明').fill('同意');
  await press(lead, '记下处理结果');
  await lead.getByRole('status').filter({ hasText: '处理结果已经记下' }).waitFor();

  await open(accountant, '/fees/breaks?state=resolved');
  await card.getByText('撤销转销', { exact: true }).click();
  await card.getByLabel('为什么撤销').fill('物业已更正');
  await card.getByRole('button', { name: '提出撤销转销' }).click();
  const sure = accountant.getByRole('dialog', { name: '提出撤销 ¥0.01 的转销？' });
  await sure.getByRole('button', { name: '提出撤销转销' }).click();
  await card
    .getByText('您提出了撤销转销')
    .or(card.getByText(/等另一位同事/))
    .first()
    .waitFor();
  await ready(await checker.goto('/fees/breaks?state=resolved').then(() => checker));
  await cardOf(checker)
    .getByText(/^同事提出撤销转销，等财务负责人确认；/)
    .waitFor();
});
