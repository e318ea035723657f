/**
 * What holds on every page: nothing that axe finds fault with, by day and by night, in 标准 and 长辈; nothing cut off on a
 * small screen or at 200 %; nothing that moves while it comes up; and at a desk a keyboard is enough.
 */
import { describe, expect, it } from 'vitest';
import { listFiles } from '../support/source-tree.ts';
import { tabTo } from './support/keyboard.ts';
import { faultsOf } from './support/looks.ts';
import { faultsAlong } from './support/page-walk.ts';
import { HOME, open, PHONE, press, ready, walkThrough, type Who } from './support/walk.ts';
import { WALKS } from './support/walks.ts';

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

const looked = new Set<string>();

/** Pages that need what the demo has not, and the file whose walk looks at them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '/account/wechat': 'password',
  '/community/merges/[merge]': 'merge',
  '/community/residents/[resident]/bills/offsets/[offset]': 'acting',
  '/fees/months/[closure]/pack': 'fees',
  '/settlement/statements/[statement]/pair': 'said-by-persons',
  '/counter/goods/new': 'shop',
  '/counter/orders/[order]': 'shop',
  '/counter/stocktaking/[stocktaking]': 'shop',
  '/me/orders/[order]': 'shop',
  '/setup': 'setup-pages',
  '/setup/people': 'setup-pages',
  '/setup/place': 'setup-pages',
  '/setup/places': 'setup-pages',
  '/setup/programme': 'setup-pages',
  '/welcome/[token]': 'setup-pages',
};

describe.each(WALKS)('the pages of $who', ({ who, phone, before, stops }) => {
  it('stand still, fit any screen, answer to a keyboard, and have no fault that axe can find', async () => {
    const [first] = stops;
    const start = first !== undefined && 'path' in first ? first.path : '/';
    const page = await walk.visit(who, phone ? PHONE : DESK, start);
    await before?.(page);
    expect(await faultsAlong(page, stops, { keyboard: !phone, looked })).toEqual([]);
  });
});

it('no page is left out by all these walks', () => {
  const routes = listFiles('web/src/routes')
    .filter((file) => file.endsWith('/+page.svelte'))
    .map((file) => file.replace(/^web\/src\/routes|\/\([^/]+\)|\/\+page\.svelte$/g, '') || '/');
  const isLookedAt = (route: string): boolean => {
    const path = new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`);
    return [...looked].some((pathname) => path.test(pathname));
  };
  const left = routes.filter((route) => !isLookedAt(route));
  expect(left.sort()).toEqual(Object.keys(ELSEWHERE).sort());
  for (const file of new Set(Object.values(ELSEWHERE)))
    expect(listFiles('tests/e2e')).toContain(`tests/e2e/${file}.test.ts`);
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
    const at = (list: string, cursor: string) => `${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`;
    for (const list of lists) {
      for (const cursor of ['zzz', '%00']) {
        const answer = await page.request.get(at(list, cursor));
        expect(answer.status(), at(list, cursor)).toBe(400);
        expect(await answer.text(), at(list, cursor)).toMatch(/<h1[^>]*>\s*这个网址打不开了/);
      }
    }
    // The page is the same for all: what it leads to is tried on one.
    await page.goto(at(lists[0] ?? '', 'zzz'));
    await page.getByRole('link', { name: '从头打开' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: '打不开' }).waitFor();
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
