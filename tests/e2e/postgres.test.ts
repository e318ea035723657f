/** The main job once on PostgreSQL: the same pages, the same words, the other engine under them. */
import { expect, it } from 'vitest';
import { readShownCode } from './support/code-picture.ts';
import { enterDigits, enterTaking } from './support/till.ts';
import { PHONE, press, signIn, walkThrough } from './support/walk.ts';

const walk = walkThrough({ postgres: true });

it('a resident signs in and shows a code, a clerk takes points by it, and the book has the new balance', async () => {
  const { record } = walk.server;
  const member = await walk.device(PHONE);
  await signIn(member, 'volunteer', record.password);
  expect(await member.getByRole('main').innerText()).toMatch(/志愿积分\s*36\s*可用/);
  await member.getByRole('main').getByRole('link', { name: '出示积分码' }).click();
  await member.getByRole('heading', { name: '积分码' }).waitFor();

  const clerk = await walk.enter('clerk', PHONE);
  await enterDigits(clerk, (await readShownCode(member)).digits);
  await enterTaking(clerk, { points: '20', goods: '食用油一瓶' });
  await press(clerk, /^确认收 20 /);
  await clerk.getByRole('status').filter({ hasText: '收分成功' }).waitFor();

  await member.getByRole('status').filter({ hasText: '用分成功' }).waitFor();
  await member.getByRole('link', { name: '看存折' }).click();
  await member.getByRole('heading', { name: '我的存折' }).waitFor();
  expect(await member.getByRole('main').innerText()).toMatch(/志愿积分\s*16\s*可用/);
});
