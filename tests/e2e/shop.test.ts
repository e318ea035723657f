/** 积分超市 from both sides: a resident orders on the phone, the till hands it over; a count that a colleague confirms. */
import { expect, it } from 'vitest';
import { readShownCode } from './support/code-picture.ts';
import { tabTo } from './support/keyboard.ts';
import { faultsHere } from './support/page-walk.ts';
import { enterDigits } from './support/till.ts';
import { open, PHONE, press, walkThrough } from './support/walk.ts';

const walk = walkThrough();

async function order(goods: RegExp, price: RegExp) {
  const member = await walk.visit('volunteer', PHONE, '/me/shop');
  await member.getByRole('link', { name: goods }).click();
  await press(member, '放进单子');
  await member.getByRole('link', { name: /^单子 1 件/ }).click();
  await press(member, price);
  await member.getByText('下单成功').waitFor();
  return { member, digits: await member.locator('.digits').innerText() };
}

it('a resident orders, is offered something else, and fetches it by the digits; both screens say so', async () => {
  const { member, digits } = await order(/^作业本/, /^下单，用 20/);
  expect(await faultsHere(member)).toEqual([]);

  const clerk = await walk.visit('clerk', PHONE);
  await enterDigits(clerk, digits);
  await clerk.getByRole('heading', { name: /^李/ }).waitFor();
  expect(await faultsHere(clerk)).toEqual([]);
  await clerk.getByText('缺货，换一件').click();
  await clerk.getByLabel('换成', { exact: true }).selectOption({ label: '垃圾袋 1 卷，10 志愿积分' });
  await press(clerk, '请居民同意');
  await clerk.getByText('已提出换货').waitFor();
  await open(member, member.url().replace(/\?.*/, ''));
  await press(member, '同意换');
  await member.getByText('已同意换货').waitFor();
  await clerk.getByRole('link', { name: '看看同意了没有' }).click();
  await press(clerk, /^全部交给顾客，扣 10/);
  await clerk.getByRole('status').filter({ hasText: '已取货' }).waitFor();
  const names = (await clerk.context().cookies(clerk.url())).map(({ name }) => name);
  expect(names).not.toContain('linli-shown-code');
  await member.getByText('取货记录').waitFor();
});

it('an order of the list is handed over for its code, which a keyboard enters, or by the manager who says why', async () => {
  const { member, digits } = await order(/^垃圾袋/, /^下单，用 10/);
  const path = `/counter/orders/${new URL(member.url()).pathname.split('/').at(-1)}`;
  const clerk = await walk.visit('clerk', PHONE, path);
  const code = clerk.getByLabel('取货码');
  const check = clerk.getByRole('button', { name: '核对取货码' });
  const enter = async (text: string) => {
    await tabTo(clerk, code);
    await clerk.keyboard.type(text);
    await tabTo(clerk, check);
    await clerk.keyboard.press('Enter');
  };
  const handOver = clerk.getByRole('button', { name: /^全部交给顾客，扣 10/ });
  expect(await faultsHere(clerk)).toEqual([]);
  expect(await handOver.count()).toBe(0);
  await enter('1234567890');
  await clerk.getByText('数字输错了').waitFor();
  expect(await handOver.count()).toBe(0);
  await open(clerk, path);
  await enter(digits);
  await handOver.waitFor();
  expect(await faultsHere(clerk)).toEqual([]);

  await clerk.context().clearCookies({ name: 'linli-shown-code' });
  await tabTo(clerk, handOver);
  await clerk.keyboard.press('Enter');
  await clerk.getByText('取货要有取货码').waitFor();
  await code.waitFor();
  expect(await clerk.getByText('居民没有取货码').count()).toBe(0);

  const manager = await walk.visit('manager', PHONE, path);
  await manager.getByText('居民没有取货码').click();
  await press(manager, '没有码，照样发货');
  await manager.getByText('请写明原因，居民会看到').waitFor();
  expect(await faultsHere(manager)).toEqual([]);
  await manager.getByLabel(/^为什么没有码/).fill('手机没电，看过身份证');
  await manager.getByRole('checkbox', { name: /^已核对是本人/ }).check();
  await press(manager, '没有码，照样发货');
  await manager.getByRole('status').filter({ hasText: '已取货' }).waitFor();
  await open(member, new URL(member.url()).pathname);
  for (const page of [manager, member])
    await page.getByText('没有取货码，店长发货：手机没电，看过身份证').waitFor();
});

it('a clerk taps goods for a code that was scanned: two taps more, and it is done', async () => {
  const member = await walk.visit('volunteer', PHONE, '/me/code');
  const { digits } = await readShownCode(member);
  const clerk = await walk.visit('clerk', PHONE);
  await enterDigits(clerk, digits);
  await press(clerk, '收分');
  await press(clerk, '垃圾袋 1 卷 多一件');
  await press(clerk, '核对');
  await press(clerk, /^确认收 10/);
  await clerk.getByRole('status').filter({ hasText: '收分成功' }).waitFor();
  expect(await clerk.getByRole('main').innerText()).toContain('垃圾袋 1 卷');
});

it('what one counts another confirms, and the manager puts up something new', async () => {
  const clerk = await walk.visit('clerk', PHONE, '/counter/stocktaking');
  await clerk.getByLabel('毛巾 1 条').fill('24');
  await press(clerk, '交给同事确认');
  await clerk.getByText('等另一位同事确认').waitFor();
  expect(await faultsHere(clerk)).toEqual([]);
  const manager = await walk.visit('manager', {}, new URL(clerk.url()).pathname);
  await press(manager, '确认，按点到的数改库存');
  await manager.getByText('已确认，库存已改').waitFor();
  await open(manager, '/counter/goods/new');
  expect(await faultsHere(manager)).toEqual([]);
  await manager.getByLabel('商品', { exact: true }).fill('雨伞 1 把');
  await manager.getByLabel('分类').fill('日用');
  await manager.getByLabel('每件多少积分').fill('80');
  await press(manager, '上架');
  await manager.getByText('已上架').waitFor();
});
