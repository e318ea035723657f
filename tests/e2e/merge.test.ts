/** Somebody who was registered twice: one colleague asks, another one approves, and a keyboard is enough for both. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { keyboardFaultsOf } from './support/keyboard.ts';
import { faultsOf } from './support/looks.ts';
import { misfitsOf } from './support/small-screen.ts';
import { open, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

/** Said to be another person, where the page asks. */
async function invite(staff: Page, name: string, { isAsked }: { isAsked: boolean }): Promise<void> {
  await open(staff, '/posts/give');
  await staff.getByLabel('岗位').selectOption({ label: '楼栋长、单元长' });
  await staff.getByLabel('姓名').fill(name);
  await press(staff, '授予岗位');
  if (isAsked) await press(staff, '是另一个人');
  await staff.getByText(`请把链接交给${name}`).waitFor();
}

async function hit(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  await page.getByRole('main').getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
}

it('staff find somebody who was invited twice and ask, a colleague approves, and the one leads to the other', async () => {
  const staff = await walk.enter('staff');
  const main = staff.getByRole('main');
  walk.forgive(/status of 409/);
  for (const isAsked of [false, true]) await invite(staff, '高云帆', { isAsked });
  await open(staff, '/posts?name=gyf');
  await hit(staff, 'link', /^高云帆/);
  await main.getByRole('heading', { name: '可能重复' }).waitFor();
  const kept = new URL(staff.url()).pathname;
  await hit(staff, 'link', /^和高/);
  await main.getByRole('heading', { name: '批准以后会这样' }).waitFor();
  const gone = new URL(staff.url()).searchParams.get('other')!;
  expect(await main.innerText()).toContain('积分一分也不动');
  for (const faults of [keyboardFaultsOf, faultsOf, misfitsOf]) expect(await faults(staff)).toEqual([]);
  await main.getByLabel('为什么说是同一个人').focus();
  await staff.keyboard.type('本人到窗口核对，登记了两次');
  await staff.keyboard.press('Enter');
  await main.getByRole('status').filter({ hasText: '等另一位同事复核' }).waitFor();
  expect(await main.getByRole('button', { name: '批准合并' }).count()).toBe(0);

  const colleague = await walk.enter('rater');
  const desk = colleague.getByRole('main');
  await open(colleague, '/community/merges');
  await hit(colleague, 'link', /^核对高/);
  await desk.getByRole('heading', { name: '批准以后会这样' }).waitFor();
  for (const faults of [keyboardFaultsOf, faultsOf, misfitsOf]) expect(await faults(colleague)).toEqual([]);
  await hit(colleague, 'link', '批准合并');
  const dialog = colleague.getByRole('dialog');
  await dialog.getByRole('button', { name: '确认合并' }).focus();
  await colleague.keyboard.press('Enter');
  await desk.getByRole('status').filter({ hasText: '已合并' }).waitFor();

  await open(staff, `/community/people/${gone}`);
  await expect.poll(() => new URL(staff.url()).pathname, SOON).toBe(kept);
  await main.getByText('已并入这一份').waitFor();
});

it('two who both have points are not merged, and the page says what to do instead', async () => {
  const staff = await walk.enter('staff');
  const { person } = walk.server.record.people.find(({ who }) => who === 'volunteer')!;
  const other = await anotherWithPoints(staff, person);
  await open(staff, `/community/people/${person}/merge?other=${other}`);
  const main = staff.getByRole('main');
  await main.getByText('两份登记名下都记过积分，不能合并').waitFor();
  expect(await main.innerText()).toContain('请两份都保留');
  expect(await main.getByLabel('为什么说是同一个人').count()).toBe(0);
});

/** Of the estate in which the first one lives, by its houses. */
async function anotherWithPoints(staff: Page, person: string): Promise<string> {
  const read = async <Answer>(path: string) =>
    (await (await staff.request.get(`/api/v1${path}`)).json()) as Answer;
  const known = await read<{ residencies: { house: { estate: string } }[] }>(`/people/${person}`);
  const at = `/estates/${known.residencies[0]!.house.estate}/residents`;
  for (const family of ['王', '李', '张', '刘', '陈']) {
    const { items } = await read<{ items: { person: string }[] }>(`${at}?find=${encodeURIComponent(family)}`);
    for (const { person: other } of items) {
      const { units } = await read<{ units: { available: string }[] }>(`${at}/${other}/points`);
      if (other !== person && units.some(({ available }) => available !== '0')) return other;
    }
  }
  throw new Error('nobody else has points');
}
