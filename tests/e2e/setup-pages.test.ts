/** The pages of whoever sets a community up: on the first day, when nothing is there, and when most of it is. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { choosePassword } from './support/choose-password.ts';
import { at, faultsAlong, through } from './support/page-walk.ts';
import { open, press, walkThrough } from './support/walk.ts';

const walk = walkThrough({ empty: true });

/** What the pages themselves would send, without a walk through the divisions of the country. */
async function send(page: Page, path: string, data: object): Promise<Record<string, string>> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`/api/v1${path}`, { data, headers: { origin } });
  expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Record<string, string>;
}

it('stand still, fit any screen, answer to a keyboard, and have no fault that axe can find', async () => {
  const how = { keyboard: true };
  const page = await walk.device();
  await open(page, walk.setUpLink);
  const faults = await faultsAlong(page, [at(walk.setUpLink)], how);
  await page.getByRole('main').getByLabel('您的姓名').fill('林建平');
  await choosePassword(page, 'lin.jianping');
  await press(page, '设好，开始登记');
  await page.waitForURL((url) => url.pathname === '/setup/place');
  faults.push(
    ...(await faultsAlong(
      page,
      [
        at('/setup'),
        at('/setup/place'),
        at('/setup/place?province=41&city=4102&county=410202&street=410202008'),
      ],
      how,
    )),
  );
  const { community = '' } = await send(page, '/books', {
    street: '410202008',
    community: '金康社区',
  });
  const bare = [
    at('/setup'),
    through(/登记小区/),
    at('/setup'),
    through(/邀请同事/),
    at('/setup'),
    through(/定规则/),
  ];
  faults.push(...(await faultsAlong(page, bare, how)));
  for (const [kind, name] of [
    ['estate', '和美苑'],
    ['firm', '和美物业'],
    ['merchant', '和美积分超市'],
  ] as const)
    await send(page, `/places/${community}/children`, { kind, name });
  faults.push(...(await faultsAlong(page, [...bare, at('/programme'), at('/programme/units')], how)));
  expect(faults).toEqual([]);

  // Without the template: what is there by itself, what is opened next, and nobody sent back to where they came from.
  const main = page.getByRole('main');
  await open(page, `/programme?place=${community}`);
  await main.getByText('在下面开立第一项').waitFor();
  await main.getByText('开立一项经费').first().waitFor();
  await open(page, '/programme/units');
  await main.getByText('志愿积分（VOL）和消费积分（CON）是系统自带的').waitFor();
});
