/** The units of the crash tests: what a key stands for follows from the key, so that anybody can send it again. */
import type { Unit } from '../../api/ledger/index.ts';
import { budget, credit, spend, unitOf } from '../support/sample-units.ts';

/** Every third unit spends, the others bring points; each takes a voucher number. */
export function unitOfKey(key: string): Unit {
  const number = Number(key.split('-').at(-1));
  const member = `m${number % 5}`;
  return unitOf(number % 3 === 2 ? spend(member, 2) : credit(member, 3), {
    id: `unit ${key}`,
    key: { scope: 'load', key },
    requestHash: `request ${key}`,
    number: { prefix: 'V-', pad: 6 },
  });
}

export function openingUnit(): Unit {
  return unitOf(budget(100_000_000), { id: 'opening', key: { scope: 'load', key: 'opening' } });
}
