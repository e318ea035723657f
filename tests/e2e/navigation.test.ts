/** Whoever holds several posts reaches every page of theirs: on a phone behind 更多, on a desk at the side. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { faultsOf } from './support/looks.ts';
import { PHONE, ready, signIn, walkThrough } from './support/walk.ts';

const walk = walkThrough();
const PAGES = 11;

/** The volunteer leads a building too: five pages of a resident's and five of the community's. */
beforeAll(async () => {
  const staff = await walk.enter('staff');
  const { people, estate } = walk.server.record;
  const { person } = people.find(({ who }) => who === 'volunteer')!;
  const answer = await staff.request.post(`/api/v1/places/${estate}/roles`, {
    data: { person, role: 'leader' },
    headers: { origin: walk.server.url },
  });
  expect(answer.status()).toBe(201);
});

const pagesOf = (page: Page) => page.getByRole('navigation', { name: '主要页面' });
const tabs = (page: Page) => pagesOf(page).filter({ visible: true });

it('on a phone the fifth tab opens the rest, post by post, and closes when a page is chosen', async () => {
  const page = await walk.enter('volunteer', PHONE);
  const more = tabs(page).getByText('更多', { exact: true });
  expect(await tabs(page).getByRole('link').filter({ visible: true }).count()).toBe(4);
  await more.click();
  expect(await tabs(page).getByRole('link').filter({ visible: true }).count()).toBe(PAGES);
  await tabs(page).getByRole('heading', { name: '社区' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const roster = tabs(page).getByRole('link', { name: '花名册' });
  await roster.click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await roster.waitFor({ state: 'hidden' });
});

it('opens with a keyboard, and Escape gives the tab its focus back', async () => {
  const page = await walk.enter('volunteer', PHONE);
  // The browser opens it by itself; Escape is the script's.
  await ready(page);
  const more = tabs(page).locator('summary');
  await more.focus();
  await page.keyboard.press('Enter');
  const last = tabs(page).getByRole('link', { name: '花名册' });
  await last.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await last.waitFor({ state: 'hidden' });
  expect(await more.evaluate((element) => element === document.activeElement)).toBe(true);
});

it('opens without a script', async () => {
  const page = await walk.device({ ...PHONE, javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('volunteer');
  await page.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await tabs(page).locator('summary').click();
  await tabs(page).getByRole('link', { name: '花名册' }).click();
  await page.waitForURL((url) => url.pathname === '/community/roster');
});

it('on a desk they stand at the side under the name of their post', async () => {
  const page = await walk.device({ viewport: { width: 1280, height: 800 } });
  await signIn(page, 'volunteer', walk.server.record.password);
  await ready(page);
  expect(await tabs(page).getByRole('link').count()).toBe(PAGES);
  const community = tabs(page).getByRole('region', { name: '社区' });
  await community.getByRole('link', { name: '花名册' }).click();
  await page.waitForURL((url) => url.pathname === '/community/roster');
  expect(await faultsOf(page)).toEqual([]);
});
