/** What the daily jobs cost: taps of a finger, and what a phone has to fetch. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { readShownCode } from './support/code-picture.ts';
import { shootCode } from './support/scan-gun.ts';
import { countTaps } from './support/taps.ts';
import { scriptBytesOf } from './support/vitals.ts';
import { enterDigits } from './support/till.ts';
import { open, PHONE, press, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** On a keyboard, a phone's or a till's, from the first field to the confirmed sale. */
async function takeOne(clerk: Page): Promise<void> {
  await clerk.getByLabel('收多少积分').waitFor();
  await clerk.keyboard.type('1');
  await clerk.keyboard.press('Tab');
  await clerk.keyboard.type('环保袋');
  await clerk.keyboard.press('Enter');
  await press(clerk, /^确认收 1 /);
  await clerk.getByRole('status').filter({ hasText: '收分成功' }).waitFor();
}

const MOST_SCRIPT_BYTES = 120_000;

it('a resident who signed in sees balance and next expiry without a tap, and fetched at most 120 kB of scripts', async () => {
  const page = await walk.device(PHONE);
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('volunteer');
  await page.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '我的存折' }).waitFor();
  const seen = await page.evaluate(() => innerHeight);
  for (const words of [/^36$/, /用到 \d{4}年\d+月\d+日/]) {
    const box = await page.getByRole('main').getByText(words).first().boundingBox();
    // On the first screen, not under it.
    expect((box?.y ?? Infinity) + (box?.height ?? 0), String(words)).toBeLessThanOrEqual(seen);
  }

  // A phone that was never here before.
  const home = await walk.enter('volunteer', PHONE);
  const bytes = await scriptBytesOf(home);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

it('a clerk gives points for a purchase with three taps and the amount', async () => {
  const member = await walk.enter('volunteer', PHONE, '/me/code');
  await walk.film((await readShownCode(member)).link);
  const clerk = await walk.enter('clerk', PHONE);
  const taps = await countTaps(clerk);
  await press(clerk, '用摄像头扫码');
  await clerk.getByLabel('小票号').waitFor();
  await clerk.keyboard.type('T-2001');
  await clerk.keyboard.press('Tab');
  await clerk.keyboard.type('20');
  await press(clerk, '核对');
  await press(clerk, '确认记分');
  await clerk.getByRole('status').filter({ hasText: '记分成功' }).waitFor();
  expect(taps()).toBe(3);
});

it('a clerk takes points by a code with two taps', async () => {
  const member = await walk.enter('volunteer', PHONE, '/me/code');
  const clerk = await walk.enter('clerk');
  const taps = await countTaps(clerk);
  await shootCode(clerk, (await readShownCode(member)).link);
  await clerk.getByLabel('小票号').waitFor();
  await press(clerk, '收分');
  await takeOne(clerk);
  expect(taps()).toBe(2);
});

it('a till that took points last takes the next ones by its camera with two taps', async () => {
  const member = await walk.enter('volunteer', PHONE, '/me/code');
  const clerk = await walk.enter('clerk', PHONE);
  // The day's first customer: the clerk says once which of the two it is.
  await enterDigits(clerk, (await readShownCode(member)).digits);
  await press(clerk, '收分');
  await clerk.getByLabel('收多少积分').waitFor();

  await open(member, '/me/code');
  await walk.film((await readShownCode(member)).link);
  await open(clerk, '/counter');
  const taps = await countTaps(clerk);
  await press(clerk, '用摄像头扫码');
  await takeOne(clerk);
  expect(taps()).toBe(2);
});
