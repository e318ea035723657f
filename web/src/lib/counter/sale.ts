/** One sale at the counter while it is being entered: what the forms carry from step to step. */
import { textOf } from '../form.ts';
import { fenOf, plainNumber } from '../yuan.ts';

export type Customer = {
  /** The shop whose till looked the code up; the sale is booked there, whatever another tab has chosen since. */
  place: string;
  /** The looked-up code's id, not what stood in the QR. */
  code: string;
  name: string;
  tail: string;
  /** Confirm before, as the wire has it. */
  until: string;
  available: { unit: string; points: string }[];
};

/** 记分 gives points for a purchase; 收分 takes points for goods. */
export type Mode = 'give' | 'take';

export type Sale = {
  mode: Mode;
  receipt: string;
  amount: string;
  paidWithPoints: string;
  unit: string;
  points: string;
  goods: string;
  /** Goods that were tapped, as `packPieces` writes them; then points, unit and words are theirs. */
  lines: string;
  /** Paid beside the points, in yuan. */
  yuan: string;
};

export type SaleField = Exclude<keyof Sale, 'mode' | 'lines' | 'yuan'>;
/** Names of what is wrong; the page has the words. */
export type SaleFault =
  | 'receipt-missing'
  | 'receipt-long'
  | 'amount-wrong'
  | 'paid-more'
  | 'points-wrong'
  | 'points-more'
  | 'goods-missing'
  | 'goods-long';
export type SaleFaults = Partial<Record<SaleField, SaleFault>>;

const longestReceipt = 40;
const longestGoods = 80;

export function newSale(mode: Mode, customer: Customer): Sale {
  const unit = customer.available.find(({ points }) => points !== '0')?.unit ?? '';
  return {
    mode,
    receipt: '',
    amount: '',
    paidWithPoints: '',
    unit,
    points: '',
    goods: '',
    lines: '',
    yuan: '',
  };
}

/** `unit:points` pairs, as `packAvailable` wrote them. */
function unpackAvailable(text: string): Customer['available'] {
  return text.split(',').flatMap((pair) => {
    const [unit, points] = pair.split(':');
    return unit && points && /^\d{1,16}$/.test(points) ? [{ unit, points }] : [];
  });
}

export function packAvailable(available: Customer['available']): string {
  return available.map(({ unit, points }) => `${unit}:${points}`).join(',');
}

export function readCustomer(form: FormData): Customer {
  return {
    place: textOf(form, 'place'),
    code: textOf(form, 'code'),
    name: textOf(form, 'name'),
    tail: textOf(form, 'tail'),
    until: textOf(form, 'until'),
    available: unpackAvailable(textOf(form, 'available')),
  };
}

export function readSale(form: FormData): Sale {
  return {
    mode: textOf(form, 'mode') === 'take' ? 'take' : 'give',
    receipt: textOf(form, 'receipt').normalize('NFKC'),
    amount: plainNumber(textOf(form, 'amount')),
    paidWithPoints: plainNumber(textOf(form, 'paidWithPoints')),
    unit: textOf(form, 'unit'),
    points: plainNumber(textOf(form, 'points')),
    goods: textOf(form, 'goods'),
    lines: textOf(form, 'lines'),
    yuan: textOf(form, 'yuan'),
  };
}

/** What the clerk should mend before anything is sent; the API judges again, and knows the balance of that moment. */
export function faultsOf(sale: Sale, customer: Customer): SaleFaults {
  return sale.mode === 'give' ? faultsOfGiving(sale) : faultsOfTaking(sale, customer);
}

function faultsOfGiving({ receipt, amount, paidWithPoints }: Sale): SaleFaults {
  const faults: SaleFaults = {};
  if (receipt === '') faults.receipt = 'receipt-missing';
  else if (receipt.length > longestReceipt) faults.receipt = 'receipt-long';
  const fen = fenOf(amount);
  if (fen === undefined || fen === 0) faults.amount = 'amount-wrong';
  const paidFen = paidWithPoints === '' ? 0 : fenOf(paidWithPoints);
  if (paidFen === undefined) faults.paidWithPoints = 'amount-wrong';
  else if (fen !== undefined && paidFen > fen) faults.paidWithPoints = 'paid-more';
  return faults;
}

function faultsOfTaking({ unit, points, goods }: Sale, customer: Customer): SaleFaults {
  const faults: SaleFaults = {};
  const most = customer.available.find((held) => held.unit === unit)?.points ?? '0';
  if (!/^[1-9]\d{0,8}$/.test(points)) faults.points = 'points-wrong';
  else if (BigInt(points) > BigInt(most)) faults.points = 'points-more';
  if (goods === '') faults.goods = 'goods-missing';
  else if (goods.length > longestGoods) faults.goods = 'goods-long';
  return faults;
}
