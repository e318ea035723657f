/** 公示 and 月报 in a browser: who passes by signs in nowhere and learns no name; the street takes its sheet away. */
import { expect, it } from 'vitest';
import { maskName } from '../../api/platform/index.ts';
import { open, PHONE, walkThrough } from './support/walk.ts';

const walk = walkThrough();
/** `1,234` and `−56` as they stand in a table. */
const figureOf = (text: string): number => Number(text.trim().replaceAll(',', '').replace('−', '-'));

it('a passer-by finds the month of an estate, and its sums are right', async () => {
  const page = await walk.device(PHONE);
  await open(page, '/');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: '看各小区的积分公示' }).click();
  await main.getByRole('link', { name: /和美苑/ }).click();
  await main.getByRole('heading', { name: /和美苑.*积分公示/ }).waitFor();
  await main.getByText(/^已定稿/).waitFor();
  for (const name of ['志愿积分', '消费积分']) {
    const sums = main.getByRole('table', { name, exact: true });
    const figures = (await sums.getByRole('cell').allInnerTexts()).map(figureOf);
    const closing = figures.pop();
    expect(figures.length).toBeGreaterThan(3);
    expect(figures.reduce((sum, figure) => sum + figure, 0)).toBe(closing);
  }
  const shown = await main.innerText();
  for (const { name } of walk.server.record.people) expect(shown).not.toContain(name);
  expect(shown).toContain(maskName('李慧芳'));
  await main.getByRole('heading', { name: '执行的规则' }).waitFor();
  expect(shown).toContain('每小时：10 分');

  await main.getByRole('link', { name: /^下个月/ }).click();
  await main.getByRole('status').filter({ hasText: '本月还没过完，数字会变' }).waitFor();
  expect(await main.getByRole('link', { name: /^下个月/ }).count()).toBe(0);
});

it('a month that has not begun, and one that is none, are no pages', async () => {
  walk.forgive(/status of 404/);
  const page = await walk.device(PHONE);
  for (const month of ['2999-01', '2026-13', 'x']) {
    await page.goto(`/board/${walk.server.record.estate}/${month}`);
    await page.getByRole('heading', { name: '没有找到这个页面' }).waitFor();
  }
});

it('staff reach the report from every page, see the year as a chart and as its table, and take it away', async () => {
  const page = await walk.enter('staff');
  await open(page, '/report');
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: /积分月报/ }).waitFor();
  await main.getByRole('img', { name: '志愿积分：每月发放和使用' }).waitFor();
  const year = main.getByRole('table', { name: '每月数字' });
  expect(await year.getByRole('row').count()).toBeGreaterThan(5);
  const saved = page.waitForEvent('download');
  await main.getByRole('link', { name: '下载 XLSX' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^积分月报-.*\.xlsx$/);
  await main
    .getByRole('table', { name: '各小区' })
    .getByRole('link', { name: /和美苑/ })
    .click();
  await main.getByRole('heading', { name: /和美苑.*积分公示/ }).waitFor();
});

it('the report is printed on one sheet of A4', async () => {
  const page = await walk.enter('auditor');
  await open(page, '/report');
  await page
    .getByRole('main')
    .getByRole('heading', { name: /积分月报/ })
    .waitFor();
  const paper = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
