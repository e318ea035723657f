import { named, type RouteExample } from '../../platform/index.ts';
import { USUAL_ACCOUNTS } from './month-voucher.ts';

const firm = { id: '01890a5d-ac96-774b-bcce-b302099a80b8', name: '和美物业' };
const summary = '2026年6月积分抵扣物业费';
const june = {
  place: { id: named.estate, name: '和美苑（演示）' },
  firm,
  firms: [firm],
  month: '2026-06',
  edition: 1,
  lines: [
    { summary, ...USUAL_ACCOUNTS.settlement, debit: '35.49', credit: '0.00' },
    { summary, code: '1122', name: '应收账款—物业费（物业服务费）', debit: '0.00', credit: '35.49' },
  ],
  ...{ total: '35.49', uppercase: '叁拾伍元肆角玖分', attachments: 1, carriedIn: '0.00', carriedOut: '0.00' },
  accountsVersion: 0,
};

export const draftVoucher: RouteExample = {
  params: { place: named.estate },
  answer: { ...june, preliminary: true },
};
export const voucher: RouteExample = {
  params: { closure: named.closure },
  answer: {
    ...{ ...june, place: { id: named.community, name: '金康社区' }, month: '2025-12', preliminary: false },
    ...{ lines: [], total: '0.00', uppercase: '零元整', attachments: 0, approved: '周敏' },
  },
};
export const voucherFile: RouteExample = { params: { closure: named.closure }, query: { format: 'csv' } };
export const accounts: RouteExample = {
  params: { place: named.estate },
  answer: { firm, version: 0, accounts: USUAL_ACCOUNTS },
};
export const changeAccounts: RouteExample = {
  params: { place: named.estate },
  body: {
    version: 0,
    accounts: {
      ...USUAL_ACCOUNTS,
      settlement: { code: '122105', name: '其他应收款—积分结算款' },
      items: [{ item: '车位费', code: '112202', name: '应收账款—车位费' }],
    },
  },
  answer: { waits: true },
};
export const accountsHistory: RouteExample = {
  params: { place: named.estate },
  query: { limit: '20' },
  answer: {
    items: [{ version: 1, accounts: USUAL_ACCOUNTS, name: '周敏', at: '2026-06-20T04:00:00.000Z' }],
  },
};
