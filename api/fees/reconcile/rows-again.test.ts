/** What later lists say of offsets that earlier ones settled: sent twice, in part, taken back and posted anew. */
import { describe, expect, it } from 'vitest';
import { rowsAgain } from './rows-again.ts';
import type { KeptRow, NumberedOffset, SaidRow, ToldRow } from './said-row.ts';

let nth = 0;
const row = (state: SaidRow['state'], postedOn: string | null, amountFen = 3_549): SaidRow => ({
  ...{ id: `r${(nth += 1)}`, rowNumber: nth, offsetNumber: 'DK-1', house: '3-2-0501', item: '物业服务费' },
  ...{ period: '2026-06', amountFen, postedOn, state },
});
const posted = (day: string, amountFen?: number) => row('posted', `2026-06-${day}`, amountFen);
const returned = (day: string, amountFen?: number) => row('returned', `2026-06-${day}`, amountFen);
/** As the next list writes it. */
const again = (one: SaidRow): SaidRow => ({ ...one, id: `${one.id}'`, rowNumber: (nth += 1) });
const keep = (one: SaidRow, isSettling = one.state === 'posted'): KeptRow => ({
  ...one,
  offset: 'o1',
  isSettling,
});
const tell = (one: SaidRow, differenceFen = one.amountFen): ToldRow => ({
  ...{
    break: `b-${one.id}`,
    number: 'DK-1',
    kind: one.state === 'posted' ? 'duplicate' : 'returned',
    differenceFen,
  },
  ...{ isOffsets: one.state === 'returned', row: one },
});

type Known = { kept?: KeptRow[]; told?: ToldRow[]; reopened?: boolean; drawnUpOn?: string };
function compare(state: NumberedOffset['state'], rows: readonly SaidRow[], known: Known = {}) {
  const { kept = [], told = [], reopened = false, drawnUpOn = '2026-06-30' } = known;
  const found = rowsAgain({
    ...{ rows, kept, told, drawnUpOn, reopened: new Set(reopened ? ['o1'] : []) },
    offsets: new Map([['DK-1', { id: 'o1', valueFen: 3_549, state }]]),
  });
  const what = rows.map((each) => {
    const wrong = found.wrong.get(each);
    expect(found.known.has(each)).toBe(wrong === undefined);
    return wrong === undefined ? 'known' : 'fen' in wrong ? `${wrong.why} ${wrong.fen}` : wrong.why;
  });
  return { what, bound: [...found.bound.keys()], settled: [...found.settled] };
}

const first = posted('10');
const kept = [keep(first)];

describe('an offset that is posted', () => {
  it('is known once: a second row of the same day and amount posts it again', () => {
    expect(compare('posted', [again(first), again(first)], { kept }).what).toEqual(['known', 'again']);
    const elsewhere = { ...again(first), house: '' };
    expect(compare('posted', [elsewhere, again(first)], { kept }).what).toEqual(['again', 'known']);
    expect(compare('posted', [again(first), posted('12')], { kept }).what).toEqual(['known', 'again']);
  });

  it('by a row without its number is not known a second time by its number', () => {
    const bare = { ...first, offsetNumber: '' };
    const rows = [again(first), again(bare)];
    const { what } = compare('posted', rows.slice(0, 1), { kept: [keep(bare)] });
    expect(what).toEqual(['known']);
    const both = rowsAgain({
      ...{ rows, kept: [keep(bare)], told: [], drawnUpOn: null, reopened: new Set<string>() },
      offsets: new Map([['DK-1', { id: 'o1', valueFen: 3_549, state: 'posted' as const }]]),
    });
    expect([both.known.size, both.wrong.size]).toEqual([1, 1]);
  });

  it('as often as it was written off beside, and no more', () => {
    const twice = posted('12');
    const of = { kept: [...kept, keep(twice, false)] };
    expect(compare('posted', [first, twice, again(twice)].map(again), of).what).toEqual([
      ...['known', 'known', 'again'],
    ]);
  });

  it('and posted too much is left alone where the firm takes that back, in one list or in two', () => {
    const [twice, back] = [posted('12'), returned('14')];
    const whole = compare('posted', [first, twice, back].map(again), { kept, told: [tell(twice)] });
    expect(whole.what).toEqual(['known', 'known', 'known']);
    expect(whole.settled).toEqual([`b-${twice.id}`]);
    const alone = compare('posted', [back], { kept, told: [tell(twice)] });
    expect(alone).toEqual({ what: ['known'], bound: [back.id], settled: [`b-${twice.id}`] });
    // The same list once more takes back nothing more; another row does.
    const bound = [...kept, keep(back)];
    expect(compare('posted', [again(back)], { kept: bound }).what).toEqual(['known']);
    expect(compare('posted', [again(back), returned('20')], { kept: bound }).what).toEqual([
      ...['known', 'gone 3549'],
    ]);
    expect(compare('posted', [first, twice, back, returned('20')].map(again), { kept: bound }).what).toEqual([
      'known',
      'known',
      'known',
      'gone 3549',
    ]);
  });

  it('is not posted any more where only the net is taken back, and is where it is posted anew', () => {
    const [back, anew] = [returned('14'), posted('16')];
    expect(compare('posted', [again(first), back], { kept }).what).toEqual(['known', 'gone 3549']);
    expect(compare('posted', [back], { kept }).what).toEqual(['gone 3549']);
    const whole = compare('posted', [again(first), back, anew], { kept });
    expect(whole).toEqual({ what: ['known', 'known', 'known'], bound: [anew.id, back.id], settled: [] });
    const alone = compare('posted', [anew], { kept, told: [tell(back, -3_549)] });
    expect(alone.what).toEqual(['known']);
    expect(alone.bound.toSorted()).toEqual([back.id, anew.id].toSorted());
    expect(alone.settled).toEqual([`b-${back.id}`]);
  });

  it('is gone by so much as was returned of it, in the end by all, and that is said once', () => {
    const [some, rest] = [returned('14', 1_549), returned('15', 2_000)];
    expect(compare('posted', [again(first), some], { kept }).what).toEqual(['known', 'gone 1549']);
    expect(compare('posted', [again(first), some, rest], { kept }).what).toEqual([
      ...['known', 'known', 'gone 3549'],
    ]);
    expect(compare('posted', [rest], { kept, told: [tell(some, -1_549)] }).what).toEqual(['gone 3549']);
    expect(compare('posted', [returned('14', 0)], { kept }).what).toEqual(['gone 3549']);
  });

  it('and written off beside is not taken for returned', () => {
    const twice = posted('12');
    const of = { kept: [...kept, keep(twice, false)] };
    expect(compare('posted', [returned('14')], of).what).toEqual(['written-off']);
  });

  it('more than it was worth, and mended, is known by the mended row of its day alone', () => {
    const [wrong, mended] = [posted('10', 3_550), posted('13')];
    const of = { kept: [keep(wrong)], reopened: true };
    expect(compare('posted', [again(wrong)], of).what).toEqual(['known']);
    expect(compare('posted', [mended], of)).toMatchObject({ what: ['known'], bound: [mended.id] });
    expect(compare('posted', [again(wrong), mended], of).what).toEqual(['known', 'again']);
    const then = { kept: [keep(wrong), keep(mended)], reopened: true };
    expect(compare('posted', [again(mended)], then).what).toEqual(['known']);
    expect(compare('posted', [posted('14')], then).what).toEqual(['again']);
    expect(compare('posted', [again(mended), posted('14')], then).what).toEqual(['known', 'again']);
  });
});

describe('an offset that was taken back', () => {
  const back = returned('14');
  const both = { kept: [...kept, keep(back)] };

  it('is known by both of its rows, and still in the firm’s books where its list has the first alone', () => {
    expect(compare('reversed', [first, back].map(again), both).what).toEqual(['known', 'known']);
    expect(compare('reversed', [again(back)], both).what).toEqual(['known']);
    expect(compare('reversed', [again(first)], both).what).toEqual(['kept 3549']);
    expect(compare('reversed', [again(first)], { kept }).what).toEqual(['kept 3549']);
    // A list that was drawn up before it was taken back cannot say so.
    const older = { ...both, drawnUpOn: '2026-06-13' };
    expect(compare('reversed', [again(first)], older).what).toEqual(['known']);
  });

  it('and posted anew under its number is posted again, until that is taken back too', () => {
    const anew = posted('16');
    expect(compare('reversed', [first, back, anew].map(again), both).what).toEqual([
      ...['known', 'known', 'again'],
    ]);
    const end = returned('18');
    expect(compare('reversed', [first, back, anew, end].map(again), both).what).toEqual(
      Array(4).fill('known'),
    );
    const alone = compare('reversed', [end], { ...both, told: [tell(anew)] });
    expect(alone).toMatchObject({ what: ['known'], settled: [`b-${anew.id}`] });
    expect(compare('reversed', [again(back)], { ...both, told: [tell(anew)] }).settled).toEqual([]);
  });

  it('of which the firm returned a part leaves the rest in its books', () => {
    const [some, rest] = [returned('14', 1_549), returned('20', 2_000)];
    const known = [...kept, keep(some)];
    expect(compare('reversed', [first, some].map(again), { kept: known }).what).toEqual([
      ...['kept 2000', 'known'],
    ]);
    const told = [tell(first, 2_000)];
    expect(compare('reversed', [first, some, rest].map(again), { kept: known, told })).toMatchObject({
      ...{ what: ['known', 'known', 'known'], settled: [`b-${first.id}`] },
    });
    expect(compare('reversed', [rest], { kept: known, told })).toMatchObject({
      ...{ what: ['known'], settled: [`b-${first.id}`] },
    });
  });
});

it.each(['returned', 'cancelled', 'held'] as const)(
  'what the firm posts of a %s offset and takes out again leaves nothing to say',
  (state) => {
    const [wrong, back] = [posted('12'), returned('14')];
    expect(compare(state, [wrong]).what).toEqual(['again']);
    expect(compare(state, [wrong, back]).what).toEqual(['known', 'known']);
    expect(compare(state, [again(back)], { told: [tell(wrong)] })).toMatchObject({
      ...{ what: ['known'], settled: [`b-${wrong.id}`] },
    });
    // Returned first and posted after it stands.
    expect(compare(state, [returned('01'), wrong]).what.at(-1)).toBe('again');
  },
);
