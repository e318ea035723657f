/** One's own ways in: a password, changed by a keyboard alone, and told of when somebody else reset it; and WeChat. */
import { expect, it } from 'vitest';
import { faultsOf } from './support/looks.ts';
import { at, faultsAlong } from './support/page-walk.ts';
import { faultOf, open, PHONE, press, signIn, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough({ wechat: true });
const NEW = 'autumn 2026 persimmon';
const RESET = 'summer 2026 lotus';

it('a keyboard is enough to change it; what is wrong is said beside the field, and other devices are signed out', async () => {
  walk.forgive(/status of 4\d\d/);
  const elsewhere = await walk.device();
  const page = await walk.device(PHONE);
  for (const device of [elsewhere, page]) await signIn(device, 'outlet', walk.server.record.password);
  await open(page, '/account');
  await page.getByRole('main').getByRole('link', { name: '修改密码' }).press('Enter');
  const field = (label: string) => page.getByLabel(label, { exact: true });
  await field('现在的密码').press('Enter');
  await expect.poll(() => faultOf(field('现在的密码')), SOON).toBe('请填写现在的密码');
  expect(await faultOf(field('新密码'))).toContain('请填写新密码');
  expect(await faultsOf(page)).toEqual([]);

  const fill = async (current: string, next: string, again = next) => {
    await field('现在的密码').focus();
    for (const typed of [current, next, again]) {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
    }
    await field('新密码').press('Enter');
  };
  await fill('not-the-password', NEW);
  await expect.poll(() => faultOf(field('现在的密码')), SOON).toBe('现在的密码不对');
  await fill(walk.server.record.password, 'short');
  await expect.poll(() => faultOf(field('新密码')), SOON).toContain('密码至少 8 位');
  await fill(walk.server.record.password, NEW, `${NEW}!`);
  await expect.poll(() => faultOf(field('再输一次新密码')), SOON).toBe('两次输入的新密码不一样');
  await fill(walk.server.record.password, NEW);
  await page.getByRole('status').filter({ hasText: '密码改好了' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await open(page, '/counter');

  await elsewhere.goto('/counter');
  await elsewhere.waitForURL((url) => url.pathname === '/sign-in');
  await signIn(elsewhere, 'outlet', NEW);
});

it('who was given another one is told by whom and when, until they have seen it or changed it', async () => {
  const staff = await walk.enter('staff');
  const volunteer = await walk.enter('volunteer');
  const asked = await volunteer.request.get('/api/v1/me');
  const { person } = (await asked.json()) as { person: { id: string; username: string } };
  const given = await staff.request.put(`/api/v1/people/${person.id}/sign-in`, {
    headers: { origin: walk.server.url },
    data: { username: person.username, password: RESET },
  });
  expect(given.status()).toBe(204);

  const phone = await walk.device(PHONE);
  await signIn(phone, person.username, RESET);
  const notice = phone
    .getByRole('status')
    .filter({ hasText: /您的密码由社区工作人员在\d+年\d+月\d+日重设过/ });
  await notice.waitFor();
  expect(await faultsOf(phone)).toEqual([]);
  await press(phone, '知道了');
  await notice.waitFor({ state: 'detached' });

  const desk = await walk.device();
  await signIn(desk, person.username, RESET);
  const main = desk.getByRole('main');
  await main.getByRole('link', { name: '修改密码' }).click();
  await main.getByText('您的密码由社区工作人员在').waitFor();
  for (const [label, typed] of [
    ['现在的密码', RESET],
    ['新密码', NEW],
    ['再输一次新密码', NEW],
  ] as const) {
    await desk.getByLabel(label, { exact: true }).fill(typed);
  }
  await press(desk, '改密码');
  await main.getByRole('status').filter({ hasText: '密码改好了' }).waitFor();
  expect(await main.getByText('重设过').count()).toBe(0);
});

it('WeChat is bound after one has signed in otherwise, is a way in from then on, and is removed again', async () => {
  const page = await walk.device();
  const main = page.getByRole('main');
  const faults: string[] = [];
  const look = async (...paths: string[]) =>
    faults.push(...(await faultsAlong(page, paths.map(at), { keyboard: true })));
  const throughWechat = () => main.getByRole('link', { name: '微信登录' }).click();

  await look('/sign-in?next=/me&wechat=denied');
  await throughWechat();
  await main.getByText('这个微信还没有绑定账号').waitFor();
  await look(page.url());
  await main.getByLabel('用户名').fill('manager');
  await main.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
  await press(page, '登录');
  await main.getByRole('heading', { name: '绑定刚才的微信，以后用它登录' }).waitFor();
  await look(page.url());
  await press(page, '是我的微信，绑定');
  await page.waitForURL((url) => url.pathname === '/me');

  await open(page, '/account');
  await press(page, '退出登录');
  await open(page, '/sign-in?next=/account/wechat');
  await throughWechat();
  await main.getByRole('heading', { name: '微信登录' }).waitFor();
  await main.getByRole('link', { name: '解除绑定' }).click();
  await main.getByRole('heading', { name: '解除在电脑上扫码时用的微信？' }).waitFor();
  await look(page.url());
  await press(page, '解除绑定');
  await main.getByRole('status').filter({ hasText: '微信绑定已经解除' }).waitFor();
  await look(page.url());
  expect(faults).toEqual([]);
});
