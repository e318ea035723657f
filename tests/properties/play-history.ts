/** A random history, played on the pure core and on the naive model at once. */
import assert from 'node:assert/strict';
import type { Command, Outcome, Unit } from '../../api/ledger/core/command.ts';
import { MemoryLedger } from '../support/ledger-memory.ts';
import { balancesOf, complaints } from './ledger-equations.ts';
import { Refused } from './naive-books.ts';
import { NaiveLedger } from './naive-model.ts';
import { OPENING, START, unitOf, type Step } from './random-history.ts';

type Answered = { unit: Unit; expected: string };
/** Codes whose answer is not kept under the key. */
const FORGOTTEN = ['version-conflict'];

/** Plays a history on both ledgers and compares them after every batch. */
export class Play {
  readonly ledger = new MemoryLedger();
  readonly model = new NaiveLedger();
  readonly seen = new Map<string, number>();
  #batch: Answered[] = [];
  #answered: Answered[] = [];
  #units = 0;

  constructor() {
    this.model.now = START;
  }

  play(steps: readonly Step[]): this {
    for (const step of OPENING) this.step(step);
    this.flush();
    for (const step of steps) this.step(step);
    this.flush();
    return this;
  }

  step(step: Step): void {
    if (step.step === 'unit' || step.step === 'close') {
      const unit = unitOf(step, `u${++this.#units}`, this.model);
      this.#batch.push({ unit, expected: this.#expect(unit) });
      if (step.step === 'unit' && !step.flush) return;
    }
    this.flush();
    if (step.step === 'wait') this.model.now += step.ms;
    if (step.step === 'restart') this.ledger.forget();
    if (step.step === 'again') this.#again(step.nth, step.changed);
  }

  /** Posts commands that must succeed, one unit each; the ids of their transactions. */
  post(commands: readonly Command[]): number[] {
    return commands.flatMap((command) => {
      const id = `u${++this.#units}`;
      const key = { scope: 'desk', key: id };
      const unit: Unit = {
        id,
        key,
        requestHash: id,
        place: 'north',
        actor: 'clerk',
        source: 'test',
        commands: [command],
      };
      this.#batch.push({ unit, expected: this.#expect(unit) });
      this.flush();
      return Number(this.ledger.transactions.at(-1)?.unitId === id && this.ledger.transactions.at(-1)?.id);
    });
  }

  /** Every balance that is not zero, as one text. */
  balances(): string {
    return lines(balancesOf(this.ledger));
  }

  flush(): void {
    const units = this.#batch.map(({ unit }) => unit);
    const before = this.ledger.image();
    const books = this.ledger.image('no keys');
    const dry = this.ledger.ask(units, this.model.now);
    assert(this.ledger.image() === before, 'a dry run writes nothing');
    const outcomes = this.ledger.run(units, this.model.now);
    assert.deepEqual(dry, outcomes, 'a dry run answers what the real run would');
    assert.deepEqual(
      outcomes.map(shown),
      this.#batch.map(({ expected }) => expected),
    );
    if (outcomes.every((o) => o.status === 'refused')) {
      assert(this.ledger.image('no keys') === books, 'a refusal leaves no trace but its answer');
    }
    this.#compare();
    this.#answered.push(...this.#batch.filter(({ expected }) => !FORGOTTEN.includes(expected)));
    this.#batch = [];
  }

  /** The same key again: the same answer, nothing written; with another request, an error. */
  #again(nth: number, changed: boolean): void {
    const answered = this.#answered[nth % Math.max(1, this.#answered.length)];
    if (!answered) return;
    const before = this.ledger.image();
    const unit = changed ? { ...answered.unit, requestHash: 'another' } : answered.unit;
    const [outcome] = this.ledger.run([unit], this.model.now);
    assert.equal(outcome && shown(outcome), changed ? 'key-reused' : answered.expected);
    assert.equal(outcome?.replayed, !changed);
    assert(this.ledger.image() === before, 'a replay writes nothing');
  }

  #expect(unit: Unit): string {
    try {
      const { transactions, number } = this.model.run(unit);
      for (const command of unit.commands) this.#count(`posted ${command.do}`);
      return `posted ${transactions.join(' ')} ${number}`;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#count(`refused ${error.message}`);
      return error.message;
    }
  }

  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #compare(): void {
    const expected = [...this.model.books.balances].filter(([, balance]) => balance !== 0);
    assert.equal(lines(balancesOf(this.ledger)), lines(expected));
    assert.deepEqual(complaints(this.ledger), []);
  }
}

/** One balance a line, in order of the positions. */
function lines(balances: Iterable<readonly [string, number]>): string {
  return [...balances]
    .map(([position, balance]) => `${position} ${balance}`)
    .sort()
    .join('\n');
}

function shown(outcome: Outcome): string {
  if (outcome.status === 'refused') return outcome.refusal.code;
  return `posted ${outcome.answer.transactions.join(' ')} ${outcome.answer.number}`;
}
