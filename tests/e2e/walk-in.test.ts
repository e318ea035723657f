/** Somebody comes to the desk without a phone: found by the initials of the name, told and given on paper what they have. */
import { expect, it } from 'vitest';
import { choosePassword } from './support/choose-password.ts';
import { faultsOf } from './support/looks.ts';
import { countTaps } from './support/taps.ts';
import { open, PHONE, press, ready, walkThrough } from './support/walk.ts';

const walk = walkThrough();

it('finds a resident and prints the balance with three presses and a search', async () => {
  const staff = await walk.enter('staff');
  const taps = await countTaps(staff);
  const printed = staff.waitForFunction(() => document.documentElement.dataset['printed'] === 'yes');
  await staff.evaluate(() => {
    window.print = () => void (document.documentElement.dataset['printed'] = 'yes');
  });
  await staff.getByRole('navigation').getByRole('link', { name: '居民' }).filter({ visible: true }).click();
  await staff.getByLabel('找谁').fill('LHF');
  await staff.keyboard.press('Enter');
  const main = staff.getByRole('main');
  await main.getByRole('list', { name: '找到的居民' }).getByRole('link').first().click();
  await main.getByText('可用').first().waitFor();
  await main.getByRole('button', { name: '打印' }).click();
  await printed;
  expect(taps()).toBe(3);
  expect(await faultsOf(staff)).toEqual([]);
});

it('says who is not found, and finds by the house and by the end of the phone', async () => {
  const staff = await walk.enter('staff', {}, '/community/residents');
  const main = staff.getByRole('main');
  const find = async (text: string) => {
    await main.getByLabel('找谁').fill(text);
    await staff.keyboard.press('Enter');
    await staff.waitForURL((url) => url.searchParams.get('find') === text);
  };
  await find('99-9-9999');
  await main.getByText('没有找到“99-9-9999”').waitFor();
  expect(await faultsOf(staff)).toEqual([]);
  await find('3-2-0501');
  const first = main.getByRole('list', { name: '找到的居民' }).getByRole('link').first();
  const tail = /手机尾号 (\d{4})/.exec(await first.innerText())?.[1];
  await find(tail!);
  await main.getByRole('link').filter({ hasText: '3栋2单元0501' }).first().waitFor();
});

it('gives a resident a link, by which they choose a password and see their own book', async () => {
  const staff = await walk.enter('staff', {}, '/community/residents?find=3-2-0501');
  const main = staff.getByRole('main');
  const residents = main.getByRole('list', { name: '找到的居民' }).getByRole('link');
  // One of the house has a password already: the volunteer.
  for (let at = 0; ; at += 1) {
    await residents.nth(at).click();
    await main.getByRole('heading', { name: '手机上查看' }).waitFor();
    if ((await main.getByRole('button', { name: '发登录链接' }).count()) > 0) break;
    await staff.goBack();
  }
  await press(staff, '发登录链接');
  await main.getByRole('heading', { name: '开通邀请' }).waitFor();
  expect(await faultsOf(staff)).toEqual([]);
  const link = await main.getByRole('textbox').inputValue();

  const phone = await walk.device(PHONE);
  await open(phone, new URL(link).pathname);
  await choosePassword(phone, 'resident.of.0501');
  await press(phone, '开通并登录');
  await phone.waitForURL((url) => url.pathname === '/me');
  await ready(phone);
  await phone.getByRole('heading', { level: 1 }).waitFor();
});
