import { describe, expect, it } from 'vitest';
import { headedElsewhere, ownRows } from './own-rows.ts';

const row = (estate: string, amountFen = 26) => ({ estate, amountFen });
const names = { name: '和美苑（演示）', known: [] as string[], elsewhere: ['金康苑', '和美苑（演示）'] };

describe('a list of payments', () => {
  it('over several estates has the rows of this one and those that name none; the others are counted and summed', () => {
    const ours = [row('和美苑'), row(''), row('和美苑小区')];
    const { rows, others, strange } = ownRows(
      [row('金康苑'), ...ours, row('金康苑', -100), row('幸福里', 11_832)],
      names,
    );
    expect(rows).toEqual(ours);
    expect(others).toEqual([
      { name: '金康苑', rows: 2, fen: -74 },
      { name: '幸福里', rows: 1, fen: 11_832 },
    ]);
    expect(strange).toBeUndefined();
  });

  it('that is all of another estate that we know has none for this one, and nobody can say otherwise', () => {
    const list = [row('金康苑'), row('金康苑小区')];
    expect(ownRows(list, { ...names, known: ['金康苑'] })).toMatchObject({
      rows: [],
      others: [{ name: '金康苑' }, { name: '金康苑小区' }],
      strange: undefined,
      otherNames: [],
    });
  });

  it.each(['和美花园', 'HMY'])(
    'throughout under %s, which nobody here knows, is asked about once',
    (name) => {
      const list = [row(name), row('')];
      expect(ownRows(list, names)).toMatchObject({
        rows: list,
        others: [],
        strange: name,
        otherNames: [name],
      });
      const confirmed = { ...names, known: [name] };
      expect(ownRows(list, confirmed)).toMatchObject({ rows: list, strange: undefined, otherNames: [name] });
    },
  );

  it('with a name or code that nobody knows beside others leaves its rows to another estate', () => {
    for (const strange of ['和美花园', 'HMY']) {
      const list = [row(strange), row('和美苑')];
      expect(ownRows(list, names)).toMatchObject({ rows: [list[1]], others: [{ name: strange }] });
      // Confirmed before, it is this one also beside others.
      const known = [row(strange), row('金康苑')];
      expect(ownRows(known, { ...names, known: [strange] })).toMatchObject({
        rows: [known[0]],
        others: [{ name: '金康苑' }],
      });
    }
  });

  it('without such a column is another estate’s where its file or title names that one and not this one', () => {
    expect(headedElsewhere(['金康苑 12月收款明细.xlsx', 'Sheet1'], names)).toBe('金康苑');
    expect(headedElsewhere(['list.csv', '金康苑、和美苑小区收款明细'], names)).toBeUndefined();
    expect(headedElsewhere(['12月收款明细.csv'], names)).toBeUndefined();
  });
});
