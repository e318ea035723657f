/** The units of the crash tests: what a key stands for follows from the key, so that anybody can send it again. */
import type { Command, Unit } from '../../api/ledger/index.ts';
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

/** Opens the book, then gives the fund what all of this will need. */
export function openingUnits(): Unit[] {
  const commands: Command[] = [{ do: 'open', code: 'load', name: '压力测试' }, budget(100_000_000)];
  return commands.map((command, i) =>
    unitOf(command, { id: `opening ${i}`, key: { scope: 'load', key: `opening ${i}` } }),
  );
}
