import type { CellReason } from '../../platform/files/index.ts';

export type PostedState = 'posted' | 'returned' | 'paid-otherwise';

const RETURNED = /退|作废|冲|撤销|驳回|失败|未入账|取消/;
const POSTED = /入账|抵扣|成功|完成|正常|已过账|已处理/;
const BY_POINTS = /积分|抵扣|邻里/;
const BY_MONEY = /现金|微信|支付宝|转账|银行|刷卡|代扣|扫码|POS|对公|支票|已收|已缴|已付|实收/i;

type Told = {
  readonly status: string;
  readonly method: string;
  readonly remark: string;
  readonly amountFen: number;
  readonly hasNumber: boolean;
  /** The list holds offsets only, as one with a column for their numbers does. */
  readonly offsetsOnly: boolean;
};

/** What a row of a posted list says of the line: points posted, given back, or money received instead. */
export function postedState(told: Told): PostedState | CellReason {
  const { status, method } = told;
  // A negative amount takes an earlier posting back, whatever the row calls it.
  if (told.amountFen < 0 || RETURNED.test(status)) return 'returned';
  const byMoney = BY_MONEY.test(method) && !BY_POINTS.test(method);
  if (status !== '') {
    if (POSTED.test(status)) return byMoney ? 'paid-otherwise' : 'posted';
    if (BY_MONEY.test(status)) return BY_POINTS.test(method) ? 'posted' : 'paid-otherwise';
    return {
      code: 'status-unknown',
      zh: '看不懂这个状态，请填“已入账”或“已退回”',
      en: 'this status is not known; write 已入账 (posted) or 已退回 (returned)',
    };
  }
  if (method !== '') return BY_POINTS.test(method) ? 'posted' : 'paid-otherwise';
  if (told.hasNumber || BY_POINTS.test(told.remark)) return 'posted';
  if (BY_MONEY.test(told.remark)) return 'paid-otherwise';
  return told.offsetsOnly ? 'posted' : 'paid-otherwise';
}
