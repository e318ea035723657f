import { named, type RouteExample } from '../platform/index.ts';

export const lookAtUndo: RouteExample = {
  params: { import: named.billsToUndo },
  answer: { bills: 1, amount: '118.32', mine: true, undone: false },
};

export const undoImport: RouteExample = {
  params: { import: named.billsToUndo },
  body: { bills: 1 },
  answer: {
    bills: 0,
    amount: '0.00',
    mine: true,
    undone: true,
    why: { zh: '这份文件已经撤销过', en: 'The file was taken back already' },
  },
};

export const correctBill: RouteExample = {
  params: { bill: named.billToCorrect },
  body: { was: '0.00', paid: '118.32', reason: '住户 6 月 20 日在物业前台交的现金' },
  answer: {
    id: named.billToCorrect,
    house: { id: named.house, code: '3-2-0501', name: '3栋2单元0501' },
    item: '车位费',
    period: '2026-06',
    issue: 1,
    amount: '118.32',
    paid: '118.32',
    offset: '0.00',
    toPay: '0.00',
    state: 'open',
  },
};
