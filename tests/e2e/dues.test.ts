/** A 结算单 that is to be paid: what was refused stands beside its form, and what did not come is told of above. */
import { expect, it } from 'vitest';
import { faultsOf } from './support/looks.ts';
import { open, walkThrough } from './support/walk.ts';

const walk = walkThrough();

it('a payment that is refused says so beside its form, and one that did not come is what the page is about', async () => {
  walk.forgive(/status of 4\d\d/);
  const street = await walk.visit('street', {}, '/settlement/dues?side=payer');
  const main = street.getByRole('main');
  await main.getByRole('row').filter({ hasText: '等付款' }).getByRole('link', { name: /^JS-/ }).click();
  const pay = main.getByRole('form', { name: '登记付款' });
  const owed = await pay.getByLabel('付款金额（元）').inputValue();
  await pay.getByLabel('付款金额（元）').fill('99999');
  await pay.getByLabel('银行流水号').fill('2026-E2E-1');
  await pay.getByLabel('付款日期').fill('2026-11-20');
  await pay.getByRole('button', { name: '登记付款' }).click();
  await pay.getByRole('alert').waitFor();
  expect(await pay.getByLabel('银行流水号').inputValue()).toBe('2026-E2E-1');
  await pay.getByLabel('付款金额（元）').fill(owed);
  await pay.getByRole('button', { name: '登记付款' }).click();
  await main.getByRole('status').filter({ hasText: '已记下' }).waitFor();
  await main.getByText('已登记付清，等收款方确认').first().waitFor();
  expect(await pay.count()).toBe(0);

  const accountant = await walk.visit('accountant');
  await open(accountant, new URL(street.url()).pathname);
  const desk = accountant.getByRole('main');
  await desk.getByText('没有收到', { exact: true }).click();
  const dispute = desk.getByRole('form', { name: '告诉付款方没有收到' });
  await dispute.getByLabel('怎么没有收到，请写明').fill('银行账上没有这一笔');
  await dispute.getByRole('button').click();
  await desk.getByText(/^收款方说有付款没有收到/).waitFor();
  expect(await faultsOf(accountant)).toEqual([]);

  await street.reload();
  await main.getByText(/^收款方说有付款没有收到/).waitFor();
  await main.getByText('申请撤回', { exact: true }).first().click();
  const ask = main.getByRole('form', { name: '申请撤回' });
  await ask.getByLabel('为什么撤回').fill('银行退回');
  await ask.getByRole('button').click();
  await main.getByText(/^申请撤回：银行退回（/).waitFor();
  expect(await faultsOf(street)).toEqual([]);
});
