/** A bill of the firm's as it comes in a file. */
import { v7 as uuid } from 'uuid';
import { importBills } from '../../api/fees/index.ts';
import { fileOf, type FeesWorld } from '../support/fees-world.ts';

/** Takes in a file of one bill of June, whatever is asked about it; `paid` is money. */
export async function issue({ deps, estate }: FeesWorld, room: string, amount: string, paid: string) {
  const row = `3-2-${room},物业服务费,2026-06,${amount},${paid}`;
  const text = `房号,收费项目,计费月份,应收金额,已收\n${row}\n`;
  const confirmed = [
    'cancels-bills',
    'paid-beyond',
    'touches-offsets',
    'mostly-reissued',
    'older-file',
    'paid-ahead',
    'far-ahead',
    'two-amounts',
    'paid-less',
    'paid-has-points',
    'paid-has-money',
    'bills-missing',
    'figures-contradict',
    'closed-month',
  ];
  const by = { actor: 'person:accountant', dryRun: false, confirmed, paidHas: 'money' as const };
  return importBills(deps, { estate: estate.id, file: fileOf(text, `${uuid()}.csv`), ...by });
}
