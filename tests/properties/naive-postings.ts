/** The posting table of design.md §3, command by command, on maps of balances. */
import type { SeriesTerms } from '../../api/ledger/core/asset.ts';
import type { Command, Take, Terms, TermsByFund } from '../../api/ledger/core/command.ts';
import {
  BOOK,
  emptyBooks,
  promiseName,
  refuse,
  seriesName,
  takeOff,
  type Books,
  type Part,
  type Series,
} from './naive-books.ts';

export const FIRST_ID = BOOK * 2 ** 40;
const MONEY = 'cny6';

export class NaivePostings {
  books: Books = emptyBooks();
  now = 0;

  balance(owner: string, role: string, asset: string): number {
    return this.books.balances.get(`${owner}/${role}/${asset}`) ?? 0;
  }

  #move(owner: string, role: string, asset: string, amount: number): void {
    this.books.balances.set(`${owner}/${role}/${asset}`, this.balance(owner, role, asset) + amount);
  }

  protected checkLimits(): void {
    for (const [position, balance] of this.books.balances) {
      const role = position.split('/')[1] ?? '';
      const isBounded = ['available', 'held', 'expired', 'pending', 'unissued'].includes(role);
      if (isBounded && balance < 0) refuse(role === 'unissued' ? 'budget-exhausted' : 'out-of-bounds');
      if (role === 'debt' && balance > 0) refuse('out-of-bounds');
    }
  }

  protected command(c: Command, id: number): void {
    if (c.do === 'budget') return this.#budget(c);
    if (c.do === 'award') return this.#award(c, id);
    if (c.do === 'release' || c.do === 'reject') return this.#settle(c, id);
    if (c.do === 'credit') {
      this.#move(c.fund, 'unissued', promiseName(c.unit, c.fund), -c.amount);
      this.#move(c.fund, 'issued', promiseName(c.unit, c.fund), c.amount);
      this.#give(id, c, c.series);
      return;
    }
    if (c.do === 'hold') return this.#hold(c);
    if (c.do === 'capture' || c.do === 'return') return this.#settleHold(c, id);
    if (c.do === 'spend') {
      const parts = this.#choose(c);
      for (const { series, points } of parts) this.#move(c.member, 'available', series, -points);
      return this.#redeem(id, { ...c, parts });
    }
    if (c.do === 'refund') return this.#refund(c.of, c.points);
    if (c.do === 'clawback') return this.#clawback(c.of, c.points);
    if (c.do === 'expire') return this.#expire(c.member, c.asset);
    if (c.do === 'post') return this.#post(c.entries);
    if (c.do !== 'pay') throw new Error(`the model has no ${c.do}`);
    if (c.amountMicro > -this.balance(c.payer, `payable→${c.payee}`, MONEY)) refuse('overpaid');
    this.#owe(c.payer, c.payee, -c.amountMicro);
  }

  #budget(c: { fund: string; unit: string; amount: number }): void {
    this.#move(c.fund, 'outside', promiseName(c.unit, c.fund), -c.amount);
    this.#move(c.fund, 'unissued', promiseName(c.unit, c.fund), c.amount);
  }

  #award(c: { member: string; fund: string; unit: string; amount: number }, id: number): void {
    this.#move(c.fund, 'unissued', promiseName(c.unit, c.fund), -c.amount);
    this.#move(c.member, 'pending', promiseName(c.unit, c.fund), c.amount);
    this.books.awards.set(id, { member: c.member, unit: c.unit, fund: c.fund, left: c.amount });
  }

  #settle(c: Extract<Command, { do: 'release' | 'reject' }>, id: number): void {
    const award = this.books.awards.get(c.award) ?? refuse('award-not-found');
    const amount = c.amount ?? award.left;
    if (amount > award.left || amount === 0) refuse('award-settled');
    award.left -= amount;
    const promise = promiseName(award.unit, award.fund);
    this.#move(award.member, 'pending', promise, -amount);
    this.#move(award.fund, c.do === 'reject' ? 'unissued' : 'issued', promise, amount);
    if (c.do === 'release') this.#give(id, { ...award, amount }, c.series);
  }

  #give(
    id: number,
    c: { member: string; unit: string; fund: string; amount: number },
    terms: SeriesTerms,
  ): void {
    const series = seriesName(c.unit, c.fund, terms);
    if (!this.books.series.has(series)) this.books.series.set(series, { ...c, ...terms });
    this.#move(c.fund, 'issuer', series, -c.amount);
    const netted = this.#arrive(c.member, series, c.amount);
    this.books.given.set(id, { ...c, series, points: c.amount - netted, netted });
  }

  /** Points on their way to a member: debt first, then expired or available. Answers what went into the debt. */
  #arrive(member: string, name: string, points: number): number {
    const series = this.books.series.get(name) ?? refuse('unknown series');
    const promise = promiseName(series.unit, series.fund);
    const netted = Math.min(points, -this.balance(member, 'debt', promise));
    this.#move(series.fund, 'issuer', name, netted);
    this.#move(series.fund, 'issued', promise, -netted);
    this.#move(series.fund, 'unissued', promise, netted);
    this.#move(series.fund, 'owed', promise, -netted);
    this.#move(member, 'debt', promise, netted);
    const isPast = series.expiresAt <= this.now;
    this.#move(member, isPast ? 'expired' : 'available', name, points - netted);
    if (isPast) this.#budgetOfExpired(series, points - netted);
    return netted;
  }

  #budgetOfExpired({ unit, fund, budgetReturns }: Series, points: number): void {
    if (!budgetReturns) return;
    this.#move(fund, 'issued', promiseName(unit, fund), -points);
    this.#move(fund, 'unissued', promiseName(unit, fund), points);
  }

  /** What nobody has agreed to take is not taken; where it alone would have been enough, terms are missing. */
  #choose(c: { member: string; take: Take; terms: TermsByFund }): Part[] {
    const mine = this.#chosen(c, (fund) => fund in c.terms || '*' in c.terms);
    if (mine) return mine;
    if (this.#chosen(c, () => true)) refuse('terms-missing');
    return refuse('points' in c.take ? 'insufficient-points' : 'value-not-reachable');
  }

  #chosen(
    { member, take }: { member: string; take: Take },
    isTaken: (fund: string) => boolean,
  ): Part[] | undefined {
    const inOrder = [...this.books.series].sort((a, b) => a[1].expiresAt - b[1].expiresAt);
    const parts: Part[] = [];
    let wanted = 'points' in take ? take.points : take.valueMicro;
    for (const [series, { unit, fund, expiresAt }] of inOrder) {
      if (expiresAt <= this.now || !isTaken(fund)) continue;
      if ('points' in take && (take.unit !== unit || (take.fund ?? fund) !== fund)) continue;
      const worth = 'points' in take ? 1 : (take.worthMicro[unit] ?? Infinity);
      const points = Math.min(this.balance(member, 'available', series), Math.floor(wanted / worth));
      if (points === 0) continue;
      parts.push({ series, points, left: points });
      wanted -= points * worth;
    }
    return wanted > 0 ? undefined : parts;
  }

  #hold(c: Extract<Command, { do: 'hold' }>): void {
    if (c.endsAt <= this.now) refuse('hold-ended');
    const parts = this.#choose(c);
    if (this.books.holds.has(c.hold)) refuse('already-done');
    const terms: Record<string, Terms> = {};
    for (const { series } of parts) {
      const { fund, rateMicro } = this.books.series.get(series) ?? refuse('unknown series');
      const agreed = c.terms[fund] ?? c.terms['*'] ?? refuse('terms-missing');
      if (agreed.mode !== 'stocked' && (rateMicro * agreed.factor) % 10_000 !== 0) refuse('rate-not-exact');
      terms[fund] = agreed;
    }
    for (const { series, points } of parts) {
      this.#move(c.member, 'available', series, -points);
      this.#move(c.member, 'held', series, points);
    }
    this.books.holds.set(c.hold, { member: c.member, redeemer: c.redeemer, endsAt: c.endsAt, terms, parts });
  }

  #settleHold(c: Extract<Command, { do: 'capture' | 'return' }>, id: number): void {
    const hold = this.books.holds.get(c.hold) ?? refuse('hold-not-found');
    if (c.do === 'capture') {
      if (hold.endsAt <= this.now) refuse('hold-ended');
      const parts = takeOff(hold.parts, c.points, 'hold-exceeded');
      for (const { series, points } of parts) this.#move(hold.member, 'held', series, -points);
      this.#redeem(id, { ...hold, parts });
      if (!c.final) return;
    } else if (hold.parts.every((part) => part.left === 0)) refuse('hold-exceeded');
    for (const part of hold.parts) {
      this.#move(hold.member, 'held', part.series, -part.left);
      this.#arrive(hold.member, part.series, part.left);
      part.left = 0;
    }
  }

  #redeem(id: number, c: { member: string; redeemer: string; parts: Part[]; terms: TermsByFund }): void {
    const terms: Record<string, Terms> = {};
    for (const { series, points } of c.parts) {
      const { fund } = this.books.series.get(series) ?? refuse('unknown series');
      terms[fund] = c.terms[fund] ?? c.terms['*'] ?? refuse('terms-missing');
      this.#move(fund, 'redeemed', series, points);
      this.#pay(c.redeemer, series, points, terms[fund]);
    }
    const { member, redeemer, parts } = c;
    this.books.taken.set(id, { member, redeemer, parts: structuredClone(parts), terms });
  }

  /** What the fund comes to owe for points of a series; negative points give it back. */
  #pay(redeemer: string, name: string, points: number, terms: Terms): void {
    if (terms.mode === 'stocked') return;
    const { fund, rateMicro } = this.books.series.get(name) ?? refuse('unknown series');
    const tenThousandths = BigInt(points) * BigInt(rateMicro) * BigInt(terms.factor);
    if (tenThousandths % 10_000n !== 0n) refuse('rate-not-exact');
    const worth = Number(tenThousandths / 10_000n);
    if (terms.mode === 'owed' || terms.via === redeemer) return this.#owe(fund, redeemer, worth);
    this.#owe(fund, terms.via, worth);
    this.#owe(terms.via, redeemer, worth);
  }

  #owe(payer: string, payee: string, micro: number): void {
    this.#move(payer, `payable→${payee}`, MONEY, -micro);
    this.#move(payee, `receivable←${payer}`, MONEY, micro);
  }

  #refund(of: number, points: number | undefined): void {
    const taken = this.books.taken.get(of);
    if (!taken) return refuse(this.#isTransaction(of) ? 'not-reversible' : 'transaction-not-found');
    for (const part of takeOff(taken.parts.toReversed(), points, 'reversal-exceeded')) {
      const { fund } = this.books.series.get(part.series) ?? refuse('unknown series');
      this.#move(fund, 'redeemed', part.series, -part.points);
      this.#arrive(taken.member, part.series, part.points);
      this.#pay(taken.redeemer, part.series, -part.points, taken.terms[fund] ?? refuse('terms-missing'));
    }
  }

  #clawback(of: number, points: number | undefined): void {
    const given = this.books.given.get(of);
    if (!given) return refuse(this.#isTransaction(of) ? 'not-reversible' : 'transaction-not-found');
    const wanted = points ?? given.points + given.netted;
    if (wanted === 0 || wanted > given.points + given.netted) refuse('reversal-exceeded');
    const { member, series, unit, fund } = given;
    const promise = promiseName(unit, fund);
    const ofSeries = Math.min(wanted, given.points);
    const available = Math.min(ofSeries, this.balance(member, 'available', series));
    const expired = Math.min(ofSeries - available, this.balance(member, 'expired', series));
    const returns = this.books.series.get(series)?.budgetReturns ? available : available + expired;
    const debt = wanted - available - expired;
    this.#move(member, 'available', series, -available);
    this.#move(member, 'expired', series, -expired);
    this.#move(fund, 'issuer', series, available + expired);
    this.#move(fund, 'issued', promise, -returns);
    this.#move(fund, 'unissued', promise, returns);
    this.#move(member, 'debt', promise, -debt);
    this.#move(fund, 'owed', promise, debt);
    given.points -= ofSeries;
    given.netted -= wanted - ofSeries;
  }

  #expire(member: string, s: Extract<Command, { do: 'expire' }>['asset']): void {
    if (s.expiresAt > this.now) refuse('not-yet-expired');
    const terms = { ...s, budgetReturns: s.budgetReturns === 1 };
    const name = seriesName(s.unit, s.fund, terms);
    const points = this.balance(member, 'available', name);
    if (points === 0) refuse('insufficient-points');
    this.#move(member, 'available', name, -points);
    this.#move(member, 'expired', name, points);
    this.#budgetOfExpired(terms, points);
  }

  /** Only entries that keep a fund's equations are drawn here; what breaks them has tests of its own. */
  #post(entries: Extract<Command, { do: 'post' }>['entries']): void {
    const members = entries.filter((e) => e.role === 'available').map((e) => e.owner);
    if (new Set(members).size > 1) refuse('between-members');
    for (const { owner, role, asset, amount } of entries) {
      const terms = { ...asset, budgetReturns: asset.budgetReturns === 1 };
      const series = seriesName(asset.unit, asset.fund, terms);
      const name = asset.kind === 'promise' ? promiseName(asset.unit, asset.fund) : series;
      if (asset.kind === 'series' && !this.books.series.has(name)) this.books.series.set(name, terms);
      this.#move(owner, role, name, amount);
    }
  }

  #isTransaction(id: number): boolean {
    return id > FIRST_ID && id <= FIRST_ID + this.books.seq - 1;
  }
}
