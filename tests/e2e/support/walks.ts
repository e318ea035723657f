/** Who walks which pages of the demo: a new page joins the walk of whoever opens it. */
import type { Page } from 'playwright-core';
import { at, through, type Stop } from './page-walk.ts';
import { open, press, type Who } from './walk.ts';

export const WALKS: {
  who: Who | 'nobody';
  phone?: true;
  before?: (page: Page) => Promise<void>;
  stops: Stop[];
}[] = [
  {
    who: 'nobody',
    phone: true,
    stops: [
      ...[
        at('/'),
        at('/sign-in?next=/me'),
        at('/sign-in/phone?next=/me'),
        at('/display'),
        at('/c/0'),
        at('/p/0'),
        at('/join/0'),
      ],
      ...[at('/board'), through(/和美苑/), through(/^下个月/)],
      at('/gallery'),
    ],
  },
  {
    who: 'volunteer',
    phone: true,
    stops: [
      ...[
        at('/me'),
        at('/me/code'),
        at('/me/household'),
        at('/me/services'),
        at('/me/inquiries'),
        at('/me/notices'),
        at('/me/notices/settings'),
        at('/me/acting'),
        at('/me/statement'),
        through(/^为什么/),
      ],
      ...[
        at('/me/bills'),
        through(/^查看账单/),
        at('/me/bills'),
        through(/^№/),
        at('/me/bills/statement'),
        at('/me/shop'),
        through(/^垃圾袋/),
        at('/me/shop/basket'),
        at('/me/orders'),
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
      ...[at('/counter/orders?state=collected'), at('/counter/goods?sort=name'), through(/^垃圾袋/)],
      ...[at('/counter/stocktaking')],
    ],
  },
  {
    who: 'staff',
    before: async (page) => {
      await open(page, '/settlement/dues');
      await press(page, /的结算单$/);
    },
    stops: [
      ...[at('/community'), at('/community/services'), through(/^(评价|您登记的) /)],
      ...[at('/community/services?state=released'), through(/^查看/)],
      ...[at('/community/record?house=3-2-0501'), at('/community/roster'), at('/programme')],
      ...[
        at('/community/residents?find=3-2-0501'),
        through(/^3栋/),
        through(/^替居民抵物业费/),
        through(/^看能抵多少 *物业服务费/),
        at('/community/residents?find=3-2-0501'),
        through(/^3栋.*李/),
        through(/^为什么/),
        at('/community/residents?find=3-2-0501'),
        through(/^3栋/),
        through(/^资料和房屋/),
        at('/community/residents/new'),
        at('/community/houses'),
        through(/^1栋/),
        at('/inquiries'),
        through(/^(答复|您登记的)/),
        at('/community/outbox'),
        at('/community/outbox/slips'),
      ],
      ...[at('/programme/rules'), through(/^查看/), at('/programme/rules'), through(/^改规则/)],
      ...[at('/programme/rules?kind=offset'), through(/^试算/)],
      ...[
        at('/programme/agreements'),
        through(/^改.*每月的上限/),
        at('/programme/agreements'),
        through(/^登记一份约定/),
        at('/programme/units'),
        through(/^新设一种积分/),
      ],
      ...[at('/posts'), at('/posts/give'), at('/posts'), through(/^和美苑/), at('/posts'), through(/^周敏/)],
      ...[through(/^是不是登记了两次/), at('/community/merges'), at('/community/merges?state=approved')],
      ...[at('/settlement'), through(/志愿服务经费/), through(/^看 \d+ 处差异/)],
      ...[at('/settlement/liability'), at('/settlement/ageing'), at('/settlement/dues?side=payer')],
      through(/^JS-/),
    ],
  },
  {
    who: 'street',
    stops: [
      ...[at('/programme/agreements'), through(/^结束/)],
      ...[at('/settlement/dues'), at('/settlement/clearing')],
    ],
  },
  {
    who: 'accountant',
    stops: [
      ...[
        at('/fees'),
        at('/fees/bills'),
        through(/的对账单$/),
        at('/fees/bills'),
        through(/查看或更正$/),
        at('/fees/import'),
        through(/^和美苑物业费应收明细表/),
        at('/fees/offsets'),
        through(/^DC-/),
      ],
      ...[at('/fees/offsets/layout')],
      ...[at('/fees/reconcile'), through(/^入账清单/)],
      ...[
        at('/fees/breaks'),
        at('/fees/breaks?state=resolved'),
        at('/fees/months/draft'),
        at('/fees/months/draft/voucher'),
      ],
      ...[at('/fees/months'), at('/fees/months/accounts'), at('/fees/settings')],
      ...[at('/settlement/offsets'), at('/settlement/ageing')],
    ],
  },
  {
    who: 'lead',
    stops: [at('/fees'), at('/fees/offsets'), at('/fees/reconcile'), at('/fees/breaks'), at('/fees/months')],
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
      at('/programme/rules'),
      through(/^查看/),
      at('/programme'),
      at('/programme/agreements'),
      at('/programme/units'),
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
