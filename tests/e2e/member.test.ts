/** The resident's own book: what there is and why, the bill that points bring down, and points that will end soon. */
import { expect, it } from 'vitest';
import { faultOf, open, PHONE, press, signIn, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();
const DAY_MS = 86_400_000;

it('shows what can be used and what waits, and for every line why it is this number', async () => {
  const page = await walk.visit('volunteer', PHONE);
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: '我的存折' }).waitFor();
  const book = await main.innerText();
  expect(book).toMatch(/志愿积分\s*36\s*可用/);
  expect(book).toMatch(/消费积分\s*3,189\s*可用/);
  expect(book).toMatch(/待生效\s*\d+\s*最多可得，等服务对象评价后到账/);
  expect(book).toMatch(/到期\s*36 用到 \d{4}年12月31日/);

  await main.getByRole('link', { name: '全部流水' }).click();
  // The page that is left has such a line as well.
  await page.waitForURL((url) => url.pathname === '/me/statement');
  const rated = main.getByRole('listitem').filter({ hasText: '已评价，到账' }).filter({ hasText: '+36' });
  await rated.getByRole('link', { name: '为什么是这个数' }).click();
  await main.getByRole('heading', { name: '这笔积分怎么算的' }).waitFor();
  const steps = await main.getByRole('list', { name: '计算过程' }).getByRole('listitem').allInnerTexts();
  expect(steps.length).toBeGreaterThan(2);
  expect(steps.at(-1)).toContain('36');
  // Two people stand behind it: one recorded the hours, another rated them.
  const told = await main.innerText();
  expect(told).toMatch(/经手\s*(\S\*)\s*复核\s*(?!\1)\S\*/);
  expect(told).toMatch(/依据的规则\s*\S+，\d+年\d+月\d+日起执行/);
});

it('calls points that wait what they are at most, and of an award that was rated says when', async () => {
  const page = await walk.visit('volunteer', PHONE, '/me/statement');
  const main = page.getByRole('main');
  const lines = main.getByRole('listitem');
  const waiting = lines.filter({ hasText: '等评价' });
  await waiting.first().waitFor();
  expect(await waiting.count()).toBe(1);
  expect(await waiting.innerText()).toMatch(/最多可得\s*\d+\s*志愿积分/);
  const rated = lines.filter({ hasText: /已评价，见 \d+年/ }).first();
  expect(await rated.innerText()).toMatch(/当时待生效\s*36\s*志愿积分/);

  await waiting.getByRole('link', { name: '为什么是这个数' }).click();
  await main.getByRole('heading', { name: '还没有评价，最多能得这些' }).waitFor();
  expect(await main.getByRole('list').innerText()).toContain('如果评为“非常满意” × 1.2');

  await open(page, '/me/statement');
  await rated.getByRole('link', { name: '为什么是这个数' }).click();
  const result = main.getByRole('definition').filter({ hasText: '№' }).getByRole('link');
  const number = await result.innerText();
  await result.click();
  await main.getByText('对应的登记').waitFor();
  const told = await main.innerText();
  expect(told).not.toContain('更正的是');
  // The number that the auditor's pages call it by.
  expect(told).toMatch(new RegExp(`流水号\\s*${number}\\s`));
  expect(number).toMatch(/^№ \d{1,7}$/);
});

it('lists the services, whatever became of their points', async () => {
  const page = await walk.visit('volunteer', PHONE, '/me/services');
  const services = page.getByRole('main').getByRole('listitem');
  await services.first().waitFor();
  const waiting = services.filter({ hasText: '等服务对象评价' });
  expect(await waiting.count()).toBe(1);
  expect(await waiting.innerText()).toContain('现场点名');
  expect(await services.filter({ hasText: '评价：非常满意' }).innerText()).toContain('+36');
});

it('brings a bill of 118.32 down by 35.49 to 82.83, sets the points aside, and gives them back if she thinks better of it', async () => {
  const page = await walk.visit('volunteer', PHONE, '/me/bills');
  const main = page.getByRole('main');
  const due = main.getByRole('listitem').filter({ hasText: '¥118.32' }).filter({ hasText: '还需缴纳' });
  await due.first().getByRole('link', { name: '查看账单' }).click();
  await main.getByRole('button', { name: '确认抵扣 ¥35.49' }).waitFor();
  expect(await main.innerText()).toMatch(
    /应缴\s*¥118\.32\s*积分抵扣\s*−\u2060?¥35\.49\s*还需缴纳\s*¥82\.83\s*抵扣金额大写\s*叁拾伍元肆角玖分/,
  );
  expect(await main.innerText()).toContain('36 志愿积分，抵 ¥3.60');
  expect(await main.innerText()).toContain('3,189 消费积分，抵 ¥31.89');

  await main.getByText('少抵一些').click();
  const value = main.getByLabel('抵多少元');
  const amountWanted = '请填写金额，例如 20 或 20.50，小数点用“.”';
  for (const wrong of ['1e9', '-0', '0.001', '12,5', '很多']) {
    await value.fill(wrong);
    await press(page, '重新算');
    await page.waitForURL((url) => url.searchParams.get('value') === wrong);
    await expect.poll(() => faultOf(value), { ...SOON, message: wrong }).toBe(amountWanted);
  }
  await value.fill('99');
  await press(page, '重新算');
  await page.waitForURL((url) => url.searchParams.get('value') === '99');
  await expect.poll(() => faultOf(value), SOON).not.toBe(amountWanted);
  expect(await faultOf(value)).not.toBe('');
  // Who asked for less and was refused cannot confirm the most by mistake.
  expect(await main.getByRole('button', { name: /^确认抵扣/ }).count()).toBe(0);
  await main.getByRole('link', { name: '还是抵 ¥35.49' }).click();
  const confirm = main.getByRole('button', { name: '确认抵扣 ¥35.49' });
  await confirm.waitFor();

  const second = await page.context().newPage();
  await open(second, page.url());
  await confirm.dblclick();
  await main.getByRole('status').filter({ hasText: '抵扣成功' }).waitFor();
  const voucher = await main.innerText();
  expect(voucher).toMatch(/№ \S*\d{4}/);
  expect(voucher).toContain('叁拾伍元肆角玖分');
  const [, number = ''] = /№ (\S+)/.exec(voucher) ?? [];

  walk.forgive(/status of 409/);
  await press(second, '确认抵扣 ¥35.49');
  await second.getByRole('status').filter({ hasText: '这张账单已经抵扣过了' }).waitFor();
  expect(await second.getByRole('button', { name: /^确认抵扣/ }).count()).toBe(0);
  await second.getByRole('link', { name: `打开抵扣单 № ${number}` }).click();
  await second.getByRole('heading', { name: '积分抵扣凭证' }).waitFor();

  await page.goto('/me');
  const held = await main.innerText();
  expect(held).toMatch(/志愿积分\s*0\s*可用/);
  expect(held).toMatch(/已预留\s*36 留给和美物业/);
  expect(held).toMatch(/已预留\s[^]*3,189 留给和美物业/);

  await page.goto('/me/bills');
  await main.getByRole('listitem').filter({ hasText: '已预留，等物业来取' }).getByRole('link').click();
  await press(page, '取消这次抵扣');
  await main.getByRole('status').filter({ hasText: '已取消，积分退回了' }).waitFor();
  await page.goto('/me');
  expect(await main.innerText()).toMatch(/志愿积分\s*36\s*可用/);
});

it('shows a bill that takes no points, with what is due, and says so quietly', async () => {
  const page = await walk.visit('volunteer', PHONE, '/me/bills');
  const main = page.getByRole('main');
  const shared = main.getByRole('listitem').filter({ hasText: '公摊水电' }).filter({ hasText: '还需缴纳' });
  await shared.first().getByRole('link', { name: '查看账单' }).click();
  await main.getByRole('heading', { name: '公摊水电' }).waitFor();
  expect(await main.innerText()).toMatch(
    /应缴\s*¥[\d.]+[^]*还需缴纳\s*¥[\d.]+[^]*这个收费项目不能用积分抵扣/,
  );
  expect(await main.getByRole('status').count()).toBe(0);
});

it('leads from a bill that the firm issued anew to the new one, also in the middle of an offset', async () => {
  walk.forgive(/status of 409/);
  const page = await walk.visit('volunteer', PHONE, '/me/bills');
  const main = page.getByRole('main');
  const first = main.getByRole('listitem').filter({ hasText: '¥118.32' }).filter({ hasText: '还需缴纳' });
  await first.first().getByRole('link', { name: '查看账单' }).click();
  await main.getByRole('button', { name: '确认抵扣 ¥35.49' }).waitFor();
  const [, year, month = ''] = /(\d{4})年(\d+)月/.exec(await main.innerText()) ?? [];
  const accountant = await walk.visit('accountant', {}, '/fees/import');
  const line = `3-2-0501,物业服务费,${year}${month.padStart(2, '0')},110.00`;
  await accountant.getByLabel(/的账单$/).setInputFiles({
    ...{ name: 'anew.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(`房号,收费项目,计费月份,应收金额\n${line}\n`),
  });
  await press(accountant, '导入这些账单');
  await accountant.getByRole('status').filter({ hasText: '账单已经导入' }).waitFor();

  const notice = main.getByRole('status').filter({ hasText: '物业已重新出账' });
  await press(page, '确认抵扣 ¥35.49');
  await notice.waitFor();
  expect(await main.getByRole('button', { name: /^确认抵扣/ }).count()).toBe(0);
  await page.reload();
  await notice.getByRole('link', { name: '打开新的账单' }).click();
  await main.getByRole('button', { name: /^确认抵扣/ }).waitFor();
  expect(await main.innerText()).toMatch(/应缴\s*¥110\.00/);
});

it('keeps the page of the code when the network goes, hides what has ended, and shows a new one when it is back', async () => {
  walk.forgive(/net::ERR_INTERNET_DISCONNECTED/);
  const page = await walk.enter('volunteer', PHONE);
  const main = page.getByRole('main');
  await page.clock.install();
  await open(page, '/me/code');
  const picture = main.getByRole('img', { name: '积分码二维码' });
  await picture.waitFor();
  await page.context().setOffline(true);
  await page.clock.fastForward(61_000);
  await main.getByRole('status').filter({ hasText: '网络不通，先不要出示旧码' }).waitFor();
  expect(await picture.count()).toBe(0);
  await page.context().setOffline(false);
  await picture.waitFor();
  // Its minute is a whole one, although the phone's clock is a minute ahead by now.
  await main.getByText(/^[45]\d 秒后自动换新码$/).waitFor();
  expect(new URL(page.url()).pathname).toBe('/me/code');
});

it('says that no answer came to a form, and takes the next press', async () => {
  walk.forgive(/Failed to load resource: net::ERR_/);
  const page = await walk.enter('volunteer', PHONE);
  await open(page, '/me/notices/settings');
  let sent = 0;
  await page.route('**/me/notices/settings', async (route) => {
    const isForm = route.request().method() === 'POST';
    if (isForm) sent += 1;
    await (isForm && sent === 1 ? route.abort() : route.continue());
  });
  await press(page, '保存');
  const lost = page.getByRole('status').filter({ hasText: '没有等到回音' });
  await lost.waitFor();
  await press(page, '保存');
  await page.getByRole('main').getByRole('status').filter({ hasText: '已保存' }).waitFor();
  await expect.poll(() => lost.count(), SOON).toBe(0);
});

it('shows one code for its whole minute on a phone whose clock is fast', async () => {
  const page = await walk.enter('volunteer', PHONE);
  let asked = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') asked += 1;
  });
  await page.clock.install({ time: Date.now() + 600_000 });
  await open(page, '/me/code');
  const main = page.getByRole('main');
  await main.getByText(/^[45]\d 秒后自动换新码$/).waitFor();
  const before = await main.getByRole('img', { name: '积分码二维码' }).innerHTML();
  await main.getByText(/^[45][0-5] 秒后自动换新码$/).waitFor();
  expect(await main.getByRole('img', { name: '积分码二维码' }).innerHTML()).toBe(before);
  expect(asked).toBe(0);
});

it('shows nothing of what was seen before to whoever goes back after signing out', async () => {
  const page = await walk.device();
  // A session of its own, because it ends here.
  await signIn(page, 'volunteer', walk.server.record.password);
  const book = page.getByRole('heading', { name: '我的存折' });
  const visit = await page.goto('/me');
  expect(visit?.headers()['cache-control']).toContain('no-store');
  await open(page, '/account');
  await press(page, '退出登录');
  await page.waitForURL((url) => url.pathname === '/');
  for (let steps = 1; steps <= 2; steps += 1) {
    await page.goBack();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(await book.count()).toBe(0);
  }
});

it('warns of points that end within a month', async () => {
  const { record } = walk.server;
  const page = await walk.visit('volunteer', PHONE);
  const volunteer = record.people.find(({ who }) => who === 'volunteer')!.person;
  const headers = { authorization: `Bearer ${record.systemKey}` };
  const balances = await page.request.get(`/api/v1/books/1/owners/${volunteer}/balances`, { headers });
  type Balance = { role: string; unit: string; fund: string; rateMicro: string };
  const found = ((await balances.json()) as { balances: Balance[] }).balances;
  const { fund, rateMicro } = found.find(({ role, unit }) => role === 'available' && unit === 'VOL')!;
  // What a fair gives away today must be used within ten days.
  const expiresAt = new Date(Date.now() + 10 * DAY_MS).toISOString();
  const series = { expiresAt, rateMicro, budgetReturns: true };
  const point = { unit: 'VOL', fund };
  const posted = await page.request.post('/api/v1/ledger/transactions', {
    headers: { ...headers, 'idempotency-key': 'fair' },
    data: {
      place: record.estate,
      kind: 'credit',
      entries: [
        { ...point, owner: fund, role: 'unissued', amount: '-8' },
        { ...point, owner: fund, role: 'issued', amount: '8' },
        { ...point, owner: fund, role: 'issuer', series, amount: '-8' },
        { ...point, owner: volunteer, role: 'available', series, amount: '8' },
      ],
    },
  });
  expect(await posted.text()).toContain('bookedAt');
  await page.reload();
  const book = page.getByRole('main');
  await book.getByText('即将过期').waitFor();
  expect(await book.innerText()).toMatch(/志愿积分\s*44\s*可用[^]*即将过期\s*8 用到/);
});
