/**
 * Protects: a sheet of what is due (应收明细表), with a column of what was received, is no list of what the firm posted. Read
 * as one, every bill that is paid would count as money received first.
 */
import { headerKey, type Header } from '../../platform/files/index.ts';

const DUE = /^(?:本期|本月|当期|当月)?(?:应收|应缴)(?:金额|费用|款|合计)?$/;
const RECEIVED = /^(?:本期|本月|当期|当月)?(?:已收|已缴|实收|实缴)(?:金额|费用|款|合计)?$/;

/** Due beside received, and nothing of what tells one payment from another: number, state, way or day. */
export function isBillSheet<Name extends string>({
  columns,
  labels,
}: Header<Name | 'number' | 'status' | 'method' | 'postedOn'>): boolean {
  const isOfPayments = (['number', 'status', 'method', 'postedOn'] as const).some((name) =>
    columns.has(name),
  );
  if (isOfPayments) return false;
  const words = labels.map(headerKey);
  return words.some((word) => DUE.test(word)) && words.some((word) => RECEIVED.test(word));
}
