/**
 * What holds on every page: nothing that axe finds fault with, by day and by night, in 标准 and 长辈; nothing cut off on a
 * small screen or at 200 %; nothing that moves while it comes up; and at a desk a keyboard is enough.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keyboardFaultsOf } from './support/keyboard.ts';
import { faultsOf } from './support/looks.ts';
import { misfitsOf } from './support/small-screen.ts';
import { shiftOf } from './support/vitals.ts';
import { HOME, open, PHONE, press, ready, walkThrough, type Who } from './support/walk.ts';

const walk = walkThrough();
const DESK = {};

/** What the bar calls its five. */
const FIVE = [
  ['volunteer', '志愿者'],
  ['clerk', '店员'],
  ['accountant', '物业会计'],
  ['staff', '社区工作人员'],
  ['auditor', '审计员'],
] as const;

/** A page by its address, or by the first link of this name on the page before. */
type Stop = { path: string } | { link: RegExp };

const at = (path: string): Stop => ({ path });
const through = (link: RegExp): Stop => ({ link });

const WALKS: { who: Who | 'nobody'; phone?: true; before?: (page: Page) => Promise<void>; stops: Stop[] }[] =
  [
    {
      who: 'nobody',
      phone: true,
      stops: [
        ...[at('/'), at('/sign-in?next=/me'), at('/sign-in/phone?next=/me'), at('/display'), at('/c/0')],
        ...[at('/board'), through(/和美苑/), through(/^下个月/)],
      ],
    },
    {
      who: 'volunteer',
      phone: true,
      stops: [
        ...[
          at('/me'),
          at('/me/code'),
          at('/me/services'),
          at('/me/inquiries'),
          at('/me/notices'),
          at('/me/notices/settings'),
          at('/me/statement'),
          through(/^为什么/),
        ],
        ...[
          at('/me/bills'),
          through(/^查看账单/),
          at('/me/bills'),
          through(/^№/),
          at('/account'),
          at('/account/password'),
        ],
      ],
    },
    {
      who: 'clerk',
      phone: true,
      stops: [
        ...[at('/counter'), at('/counter/today'), at('/counter/today?list=take'), at('/counter/prices')],
      ],
    },
    {
      who: 'staff',
      stops: [
        ...[
          at('/community'),
          at('/community/services'),
          through(/^(评价|您登记的) /),
          at('/community/services?state=released'),
          through(/^查看/),
        ],
        ...[at('/community/record?house=3-2-0501'), at('/community/roster'), at('/programme')],
        ...[
          at('/community/residents?find=3-2-0501'),
          through(/^3栋/),
          at('/inquiries'),
          at('/community/outbox'),
        ],
        ...[at('/programme/rules'), through(/^查看/), at('/programme/rules'), through(/^改规则/)],
        ...[at('/programme/rules?kind=offset'), through(/^试算/)],
        ...[
          at('/programme/agreements'),
          through(/^结束/),
          at('/programme/agreements'),
          through(/^登记一份约定/),
        ],
        ...[at('/posts'), at('/posts/give'), at('/posts'), through(/^周敏/)],
        ...[through(/^是不是登记了两次/), at('/community/merges'), at('/community/merges?state=approved')],
      ],
    },
    {
      who: 'accountant',
      stops: [
        ...[
          at('/fees'),
          at('/fees/bills'),
          at('/fees/import'),
          at('/fees/offsets'),
          at('/fees/reconcile'),
          through(/^入账清单/),
        ],
        ...[at('/fees/breaks?state=resolved'), at('/fees/months')],
      ],
    },
    {
      who: 'lead',
      stops: [
        at('/fees'),
        at('/fees/offsets'),
        at('/fees/reconcile'),
        at('/fees/breaks'),
        at('/fees/months'),
      ],
    },
    {
      who: 'auditor',
      before: verifyTwice,
      stops: [
        at('/audit'),
        through(/^\d+年\d+月/),
        at('/audit/transactions'),
        through(/^№/),
        at('/audit/sample?seed=1'),
        at('/audit/access-log'),
        at('/report'),
      ],
    },
  ];

/** So that there is an earlier verification to open. */
async function verifyTwice(page: Page): Promise<void> {
  await open(page, '/audit');
  await press(page, '开始核对');
  await page.getByRole('status').filter({ hasText: '账簿完好' }).waitFor();
  await press(page, '再核对一次');
  await page.getByRole('heading', { name: '之前的核对' }).waitFor();
}

/** Back when the page is there; returns how much it moved while it came up. */
async function go(page: Page, stop: Stop): Promise<number> {
  if ('link' in stop) {
    const from = page.url();
    await page.getByRole('main').getByRole('link', { name: stop.link }).first().click();
    await page.waitForURL((url) => url.href !== from);
  }
  await open(page, 'path' in stop ? stop.path : page.url());
  const shift = await shiftOf(page);
  if (shift === 0) return 0;
  // A machine that is overloaded draws half a page now and then; a page that moves of itself does so each time.
  await open(page, page.url());
  return shiftOf(page);
}

describe.each(WALKS)('the pages of $who', ({ who, phone, before, stops }) => {
  it('stand still, fit any screen, answer to a keyboard, and have no fault that axe can find', async () => {
    const [first] = stops;
    const start = first !== undefined && 'path' in first ? first.path : '/';
    const page = await walk.visit(who, phone ? PHONE : DESK, start);
    await before?.(page);
    const faults: string[] = [];
    for (const stop of stops) {
      const shift = await go(page, stop);
      if (shift > 0) faults.push(`${page.url()} moved by ${shift} while it came up`);
      if (!phone) faults.push(...(await keyboardFaultsOf(page)));
      faults.push(...(await faultsOf(page)), ...(await misfitsOf(page)));
    }
    expect(faults).toEqual([]);
  });
});

it('a page that does not exist, or is not one’s own, says so and leads home', async () => {
  walk.forgive(/status of 404/);
  const page = await walk.visit('volunteer', PHONE);
  for (const path of ['/no-such-page', '/me/bills/019ddf1e-0000-7000-8000-000000000000']) {
    await page.goto(path);
    await page.getByRole('heading', { name: '没有找到这个页面' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  }
  await page.getByRole('link', { name: '回到首页' }).click();
  await page.waitForURL((url) => url.pathname === '/');
});

it('a page that does not exist still shows who is signed in, also at a malformed address', async () => {
  walk.forgive(/status of 404/);
  const page = await walk.visit('volunteer', DESK);
  for (const path of ['/no-such-page', '/me/bills/%E0%A4%A']) {
    await page.goto(path);
    await page.getByRole('heading', { name: '没有找到这个页面' }).waitFor();
    await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '存折' }).waitFor();
    expect(await page.getByRole('link', { name: '登录', exact: true }).count()).toBe(0);
  }
});

const PAGED: [Who, string[]][] = [
  ['volunteer', ['/me/statement', '/me/bills', '/me/services', '/me/inquiries', '/me/notices']],
  ['clerk', ['/counter/today', '/counter/today?list=take']],
  ['accountant', ['/fees/bills', '/fees/import', '/fees/offsets', '/fees/reconcile', '/fees/breaks']],
  [
    'staff',
    [
      ...['/community/services', '/community/roster', '/inquiries', '/community/outbox'],
      ...['/community/residents?find=3-2-0501', '/programme/rules', '/programme/agreements'],
      ...['/posts', '/posts/give'],
    ],
  ],
  ['auditor', ['/audit', '/audit/transactions', '/audit/access-log', '/board']],
];

it.each(PAGED)(
  'a list of %s that is asked to go on from nowhere says so and begins anew',
  async (who, lists) => {
    walk.forgive(/status of 400/);
    const page = await walk.visit(who);
    for (const list of lists) {
      for (const cursor of ['zzz', '%00']) {
        await page.goto(`${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`);
        await page.getByRole('heading', { name: '这个网址打不开了' }).waitFor();
      }
      await page.getByRole('link', { name: '从头打开' }).click();
      await page.waitForURL((url) => url.search === '');
      await page.getByRole('heading', { level: 1 }).filter({ hasNotText: '打不开' }).waitFor();
    }
  },
);

it('a wrong name or password is said in words, beside the field when one is empty', async () => {
  const page = await walk.visit('nobody', PHONE, '/sign-in');
  await press(page, '登录');
  await page.getByText('请填写用户名').waitFor();
  await page.getByText('请填写密码').waitFor();
  await page.getByLabel('用户名').fill('manager');
  await page.getByLabel('密码', { exact: true }).fill('not-the-password');
  await press(page, '登录');
  await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor();
});

/** Tab until this has the focus, which must then be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (!(await target.evaluate((element) => element === document.activeElement))) continue;
    const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe('none');
    return;
  }
  throw new Error(`60 times Tab do not lead to ${String(target)}`);
}

it('a keyboard is enough to find a service that waits and to rate it', async () => {
  const page = await walk.visit('staff', DESK, '/community/services');
  const main = page.getByRole('main');
  await tabTo(page, page.getByRole('link', { name: '跳到正文' }));
  await page.keyboard.press('Enter');
  await tabTo(page, main.getByRole('link', { name: /^评价 / }).first());
  await page.keyboard.press('Enter');
  await main.getByText('受服务的居民满意吗？').waitFor();
  await tabTo(page, main.getByRole('radio', { name: '非常满意' }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, main.getByRole('button', { name: '评价并发放积分' }));
  await page.keyboard.press('Enter');
  await main.getByRole('status').filter({ hasText: '已评为满意' }).waitFor();
});

it('a keyboard is enough to be asked about asking for a month to be closed, and to leave it open', async () => {
  const page = await walk.visit('accountant', PHONE, '/fees/months');
  const close = page.getByRole('main').getByRole('button', { name: '申请关账…' });
  const asked = page.getByRole('dialog', { name: /^要申请关.+的账吗？$/ });
  await tabTo(page, close);
  await page.keyboard.press('Enter');
  await asked.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await tabTo(page, asked.getByRole('button', { name: '确认申请' }));
  await tabTo(page, asked.getByRole('button', { name: '先不关' }));
  await page.keyboard.press('Enter');
  await asked.waitFor({ state: 'hidden' });
  await expect.poll(() => close.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await asked.waitFor({ state: 'hidden' });
});

it('one tap on the demo’s bar lets each of the five in, at their own first page', async () => {
  const page = await walk.device(PHONE);
  await open(page, '/');
  for (const [who, label] of FIVE) {
    await page.getByRole('button', { name: label, exact: true }).click();
    await page.waitForURL((url) => url.pathname === HOME[who]);
    await ready(page);
  }
});
