import { describe, expect, it } from 'vitest';
import { isOfPoints, postedState } from './posted-state.ts';

const told = { method: '', remark: '', amountFen: 3_549, hasNumber: true, offsetsOnly: true };
const stateOf = (status: string, rest: Partial<typeof told> = {}) => {
  const state = postedState({ ...told, status, ...rest });
  return typeof state === 'object' ? state.code : state;
};
const words = (text: string) => text.split(' ');

const SAYS = {
  posted: words(
    '已入账 入账 已入帐 入账成功 成功入账 已抵扣 抵扣 抵扣成功 抵扣完成 积分抵扣 已过账 已记账 已核销 已销账 已到账 已处理 处理完成 成功 完成 已完成 正常 已入账（6月） 【已入账】 已入账2 ２已入账 已入账(2026-07-05) 全额入账',
  ),
  returned: words(
    '已退回 退回 已退还 退款 已退款 退费 已作废 作废 已冲红 红冲 已冲销 冲正 已撤销 已驳回 驳回 已取消 取消入账 不予入账 拒绝入账 已拒绝 退回(账单作废)2',
  ),
  waiting: words(
    '未入账 尚未入账 暂未入账 待入账 等待入账 入账中 未抵扣 待抵扣 抵扣中 处理中 待处理 未处理 正在处理 审核中 待审核 未审核 待确认 进行中 未完成 已提交 已受理 挂账 暂缓入账 下月入账 未过账 待核销 未入账（等下月处理）',
  ),
  'status-unknown': words(
    '无法入账 不能入账 不正常 异常 部分入账 入账部分 已入账（部分） 已入账(冲红) 重复入账 抵扣超限 未成功 入账失败 抵扣失败 部分退回 退回失败 无需退回 未退回 待退回 退款中 不抵扣 未作废 取消失败 已入账未抵扣 不予退回 代扣失败 未收款 待转账 已阅 是 1 ——',
  ),
  'paid-otherwise': words('现金 微信支付 已收款 已缴费 支付宝 银行代扣 现金已付 刷卡'),
};

describe('the state of a row of a posted list', () => {
  for (const [state, all] of Object.entries(SAYS))
    it.each(all)(`“%s” is ${state}`, (status) => expect(stateOf(status)).toBe(state));

  it('is written with spaces, in full width and with a traditional hand all the same', () => {
    expect(stateOf(' 已 入 账 ')).toBe('posted');
    expect(stateOf('　未　入账　')).toBe('waiting');
  });

  it('says which word it is that nobody can read', () => {
    expect(postedState({ ...told, status: '无法入账' })).toMatchObject({
      zh: expect.stringContaining('“无法入账”') as string,
      en: expect.stringContaining('“无法入账”') as string,
    });
  });

  it('goes by the sign of the amount first, and is not guessed where a remark contradicts an empty state', () => {
    expect(stateOf('已入账', { amountFen: -3_549 })).toBe('returned');
    expect(stateOf('')).toBe('posted');
    expect(stateOf('', { remark: '6月积分抵扣' })).toBe('posted');
    expect(stateOf('', { remark: '未入账，下月处理' })).toBe('status-unknown');
    expect(stateOf('', { remark: '已退回' })).toBe('status-unknown');
    expect(stateOf('', { method: '积分抵扣' })).toBe('posted');
    expect(stateOf('', { method: '未抵扣' })).toBe('status-unknown');
    expect(stateOf('', { method: '现金' })).toBe('paid-otherwise');
  });

  it('of money below zero is money given back, never points: whatever sign or word says so', () => {
    const back = { amountFen: -26, hasNumber: false };
    for (const method of ['现金', '微信', '银行转账', '其他']) {
      expect(stateOf('', { ...back, method })).toBe('refunded');
    }
    expect(stateOf('已入账', { ...back, method: '现金' })).toBe('refunded');
    expect(stateOf('现金', back)).toBe('refunded');
    expect(stateOf('', { ...back, remark: '现金退款', offsetsOnly: false })).toBe('refunded');
    expect(stateOf('已退款', { method: '现金', hasNumber: false })).toBe('refunded');
    // Under our number the firm says that it gives the offset back; without a word the money is what it says.
    expect(stateOf('已退款', { method: '现金' })).toBe('returned');
    expect(stateOf('', { amountFen: -26, method: '现金' })).toBe('refunded');
    expect(stateOf('', { ...back, method: '积分抵扣' })).toBe('returned');
    expect(stateOf('', { amountFen: -26, remark: '冲红' })).toBe('returned');
    expect(stateOf('未入账', { ...back, method: '现金' })).toBe('waiting');
  });

  it('is of points where a number, a word or the whole list says so', () => {
    const bare = {
      ...{ status: '已入账', method: '', remark: '' },
      ...{ hasNumber: false, offsetsOnly: false },
    };
    expect(isOfPoints(bare)).toBe(false);
    for (const said of [
      { hasNumber: true },
      { offsetsOnly: true },
      { status: '积分抵扣' },
      { method: '积分' },
      { remark: '邻里积分' },
    ])
      expect(isOfPoints({ ...bare, ...said })).toBe(true);
    for (const not of [{ method: '未抵扣' }, { offsetsOnly: true, method: '其他' }])
      expect(isOfPoints({ ...bare, ...not })).toBe(false);
  });
});
