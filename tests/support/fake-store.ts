import type { LedgerStore, Outcome, Unit } from '../../api/ledger/index.ts';

/** A store that notes what it is asked and answers as it is told, one batch at a time. */
export class FakeStore implements LedgerStore {
  readonly engine = 'sqlite';
  readonly batches: string[][] = [];
  /** What each of the next commits does; when none is left, units are posted. */
  readonly script: ((units: readonly Unit[]) => Promise<void> | void)[] = [];
  /** Keys that the database refuses, whoever they are together with. */
  readonly refused = new Map<string, Error>();

  async commit(_book: number, units: readonly Unit[], now: number): Promise<Outcome[]> {
    this.batches.push(units.map(({ id }) => id));
    await this.script.shift()?.(units);
    for (const { id } of units) {
      const error = this.refused.get(id);
      if (error) throw error;
    }
    return units.map(({ id }) => posted(id, now));
  }
  async dryRun(_book: number, units: readonly Unit[], now: number): Promise<Outcome[]> {
    return units.map(({ id }) => posted(id, now));
  }
  async findKey(): Promise<undefined> {
    return undefined;
  }
}

function posted(unit: string, bookedAt: number): Outcome {
  return { status: 'posted', answer: { unit, transactions: [], bookedAt }, replayed: false };
}
