/** Old phones and broken connections: what a resident needs most works without a script, on forms and links alone. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { readShownCode } from './support/code-picture.ts';
import { enterDigits, enterTaking } from './support/till.ts';
import { tiedList } from './support/tied-list.ts';
import { faultOf, PHONE, press, walkThrough } from './support/walk.ts';

const walk = walkThrough();
const NO_SCRIPTS = { ...PHONE, javaScriptEnabled: false };

it('signs in, says what is wrong with a sign-in, and shows no control that does nothing', async () => {
  walk.forgive(/status of 4\d\d/);
  const page = await walk.device(NO_SCRIPTS);
  await page.goto('/sign-in?next=/me/statement');
  expect(await page.getByText('显示密码').isVisible()).toBe(false);
  await press(page, '登录');
  await expect.poll(() => faultOf(page.getByLabel('用户名'))).toBe('请填写用户名');
  await page.getByLabel('用户名').fill('volunteer');
  await page.getByLabel('密码', { exact: true }).fill('not-the-password');
  await press(page, '登录');
  await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor();
  expect(await page.getByLabel('用户名').inputValue()).toBe('volunteer');
  await page.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
  await press(page, '登录');
  await page.waitForURL((url) => url.pathname === '/me/statement');
});

it('shows the balance, the statement and why each line is this number', async () => {
  const page = await walk.enter('volunteer', NO_SCRIPTS);
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: '我的存折' }).waitFor();
  expect(await main.innerText()).toMatch(/志愿积分\s*36\s*可用/);
  await main.getByRole('link', { name: '全部流水' }).click();
  const rated = main.getByRole('listitem').filter({ hasText: '已评价，到账' }).filter({ hasText: '+36' });
  await rated.getByRole('link', { name: '为什么是这个数' }).click();
  await main.getByRole('heading', { name: '这笔积分怎么算的' }).waitFor();
  expect(await main.getByRole('list', { name: '计算过程' }).innerText()).toContain('36');
});

it('puts points against a bill, less than could be if so wished, and takes them back', async () => {
  const page = await walk.enter('volunteer', NO_SCRIPTS, '/me/bills');
  const main = page.getByRole('main');
  const bill = main.getByRole('listitem').filter({ hasText: '¥118.32' }).filter({ hasText: '还需缴纳' });
  await bill.first().getByRole('link', { name: '查看账单' }).click();
  await main.getByText('少抵一些').click();
  await main.getByLabel('抵多少元').fill('20');
  await press(page, '重新算');
  await press(page, '确认抵扣 ¥20.00');
  await main.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();
  expect(await main.innerText()).toContain('贰拾元整');
  await press(page, '取消这次抵扣');
  await main.getByRole('status').filter({ hasText: '已取消，积分退回了' }).waitFor();
  await page.goto('/me');
  expect(await main.innerText()).toMatch(/志愿积分\s*36\s*可用/);
});

it('a till without scripts takes the digits, and shows neither camera nor photo', async () => {
  const member = await walk.enter('volunteer', NO_SCRIPTS, '/me/code');
  const { digits } = await readShownCode(member);
  expect(await member.getByText('秒后自动换新码').isVisible()).toBe(false);
  const clerk = await walk.enter('clerk', NO_SCRIPTS);
  const main = clerk.getByRole('main');
  expect(await main.getByRole('button', { name: '用摄像头扫码' }).isVisible()).toBe(false);
  expect(await main.getByText('选一张积分码照片').isVisible()).toBe(false);
  await enterDigits(clerk, digits);
  await enterTaking(clerk, { points: '2', goods: '抽纸 1 包' });
  await press(clerk, /^确认收 2 /);
  await main.getByRole('status').filter({ hasText: '收分成功' }).waitFor();
  await member.goto('/me');
  expect(await member.getByRole('main').innerText()).toMatch(/志愿积分\s*34\s*可用/);
  // The next customer mostly wants the same: the till has kept 收分.
  await member.goto('/me/code');
  await enterDigits(clerk, (await readShownCode(member)).digits);
  await clerk.getByLabel('收多少积分').waitFor();
});

it('asks the accountant and the finance lead before a month is closed, on a page of its own', async () => {
  const page = await walk.enter('accountant', NO_SCRIPTS, '/fees/months');
  const main = page.getByRole('main');
  const turn = main.getByText(/^下一个要关的是/);
  const month = (await turn.innerText()).replace('下一个要关的是', '');
  const question = main.getByRole('heading', { name: `要申请关${month}的账吗？` });
  await press(page, '申请关账…');
  await question.waitFor();
  expect(await main.innerText()).toMatch(/抵扣单\s*\d+ 张\s*抵扣合计\s*¥[\d,]+\.\d\d/);
  await main.getByRole('link', { name: '先不关' }).click();
  await turn.waitFor();
  await press(page, '申请关账…');
  await press(page, '确认申请');
  await main.getByText(`${month}的关账申请在等批准`).waitFor();
  expect(await question.count()).toBe(0);
  const lead = await walk.enter('lead', NO_SCRIPTS, '/fees/months');
  await press(lead, '关账…');
  await press(lead, '确认关账');
  await lead
    .getByRole('status')
    .filter({ hasText: `${month}已经关账` })
    .waitFor();
});

it('says that a sheet of bills needs scripts, and has a break of the desk resolved without any', async () => {
  walk.forgive(/status of 4\d\d/);
  const page = await walk.enter('accountant', NO_SCRIPTS, '/fees/import');
  const main = page.getByRole('main');
  // Chromium that is only told not to run scripts keeps the words for those without them as text.
  expect(await main.locator('noscript').allTextContents()).toContainEqual(
    expect.stringContaining('上传文件需要打开浏览器的 JavaScript。'),
  );
  expect(await main.getByRole('button', { name: '指定每一列是什么' }).count()).toBe(0);
  const { record, folder, url } = walk.server;
  const list = record.files.find((name) => name.includes('入账清单')) ?? '';
  const path = `/api/v1/estates/${record.estate}/posted-lists?fileName=${encodeURIComponent(basename(list))}`;
  const sent = await page.request.post(`${url}${path}`, {
    data: await readFile(join(folder, 'files', list)),
    headers: { 'content-type': 'application/octet-stream', origin: url },
  });
  expect(sent.ok(), await sent.text()).toBe(true);

  await page.goto('/fees/breaks');
  const amount = main.getByRole('article').filter({ has: page.getByRole('heading', { name: '金额不同' }) });
  await amount.getByText(/^处理 · /).click();
  await amount.getByRole('button', { name: '记下处理结果' }).click();
  await expect.poll(() => faultOf(amount.getByLabel('说明', { exact: true }))).toBe('请写一句说明');
  await amount.getByLabel('说明', { exact: true }).fill('与物业核对：多记 0.01 元，请他们下月更正');
  await amount.getByRole('button', { name: '记下处理结果' }).click();
  await main.getByRole('status').filter({ hasText: '处理结果已经记下' }).waitFor();
});

it('a fund’s month leads to its statement, where rows are paired by hand, and asks why where they differ', async () => {
  walk.forgive(/status of 422/);
  const page = await walk.enter('staff', NO_SCRIPTS, '/settlement');
  const main = page.getByRole('main');
  const { fund, month, statement, amount, other } = await tiedList(page);
  await page.goto(`/settlement/funds/${fund}/${month}`);
  await main.getByRole('link', { name: /^看 \d+ 处差异$/ }).click();
  await main.getByRole('link', { name: '人工对上', exact: true }).click();
  await press(page, '对上');
  await main.getByText('请选出资方的一行，和我们的一行或几行').waitFor();
  // What is chosen on one page of rows is chosen still on the next, and Enter never turns a page.
  const ours = `/api/v1/funder-statements/${statement}/differences?side=ours&limit=1`;
  const { next } = (await (await page.request.get(ours)).json()) as { next: string };
  await page.goto(`/settlement/statements/${statement}/pair?oursFrom=${next}`);
  expect(await main.getByRole('checkbox').count()).toBe(1);
  await main.getByRole('radio').first().check();
  await main.getByRole('checkbox').check();
  await press(page, '回到开头');
  expect(await main.getByRole('radio').first().isChecked()).toBe(true);
  expect(await main.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await main.getByRole('link', { name: '放下选中的 2 行' }).click();
  expect(await main.getByRole('radio', { checked: true }).count()).toBe(0);
  await main.getByRole('radio', { name: amount }).first().check();
  await main.getByRole('checkbox', { name: other }).first().check();
  await press(page, '对上');
  const reason = main.getByLabel('金额不同，为什么仍然对上');
  await expect.poll(() => faultOf(reason)).toContain('请写明为什么仍然对上');
  await reason.fill('出资方按整元付');
  await press(page, '对上');
  await main.getByRole('status').filter({ hasText: '对上了' }).waitFor();
  await page.goto(`/settlement/statements/${statement}`);
  expect(await main.getByText('人工对上（第 1 对）').count()).toBe(2);
});
