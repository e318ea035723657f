/** The rules and the agreements of a community, as its desk changes them. */
import { expect, it } from 'vitest';
import { open, press, walkThrough, faultOf } from './support/walk.ts';

const walk = walkThrough();
const DAY_MS = 86_400_000;

it('carries day, reason and basis through a trial, and publishes once although pressed twice', async () => {
  const staff = await walk.visit('staff');
  const main = staff.getByRole('main');
  await open(staff, '/programme/rules');
  await main.getByRole('link', { name: '改规则' }).click();
  const day = new Date(Date.now() + 8 * DAY_MS).toISOString().slice(0, 10);
  const words = { 从哪天起: day, 为什么: '居民代表会议决定', 依据: '2026 年第 9 号决议' };
  for (const [label, text] of Object.entries(words)) await main.getByLabel(label, { exact: true }).fill(text);
  await press(staff, '试算');
  await main.getByRole('button', { name: '算一算' }).waitFor();
  await press(staff, '拿这份数字去发布');
  await main.getByRole('button', { name: '看看改了什么' }).waitFor();
  for (const [label, text] of Object.entries(words))
    expect(await main.getByLabel(label, { exact: true }).inputValue()).toBe(text);

  await press(staff, '看看改了什么');
  const publish = main.getByRole('button', { name: '确认发布' });
  await publish.waitFor();
  await publish.dblclick();
  await main.getByRole('status').filter({ hasText: '已发布' }).waitFor();
  const versions = main.getByRole('table', { name: /的各个版本$/ });
  expect(await versions.getByRole('row').filter({ hasText: words['为什么'] }).count()).toBe(1);
});

it('says of no version that it was published when the address names none', async () => {
  const staff = await walk.visit('staff');
  await open(staff, '/programme/rules?published=x');
  await staff.getByRole('heading', { level: 1 }).waitFor();
  expect(await staff.getByRole('status').filter({ hasText: '已发布' }).count()).toBe(0);
});

it('asks about an agreement where it stands, and keeps the filter, without scripts too', async () => {
  walk.forgive(/status of 422/);
  const { url, cookies } = await signedIn();
  const page = await walk.device({ javaScriptEnabled: false });
  await page.context().addCookies(cookies);
  await page.goto(new URL('/programme/agreements?state=in-force', url).href);
  const main = page.getByRole('main');
  await main
    .getByRole('link', { name: /^改.*每月的上限$/ })
    .first()
    .click();
  const question = main.getByRole('heading', { name: /每月最多收多少积分？$/ });
  await question.waitFor();
  await press(page, '确认登记');
  await question.waitFor();
  await expect.poll(() => faultOf(main.getByLabel('依据'))).not.toBe('');
  expect(new URL(page.url()).searchParams.get('state')).toBe('in-force');
});

/** The desk's own session, for a browser without scripts. */
async function signedIn() {
  const staff = await walk.visit('staff');
  return { url: staff.url(), cookies: await staff.context().cookies() };
}
