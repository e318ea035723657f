import { expect, it } from 'vitest';
import { packBasket, readBasket, withLine } from './basket.ts';

const id = (nth: number) => `01890a5d-ac96-774b-bcce-b302099a90${String(nth).padStart(2, '0')}`;
const line = { place: id(1), goods: id(2), price: id(3), quantity: 2 };

it('a list comes back as it was kept, and whatever else stands there is no line', () => {
  expect(readBasket(packBasket([line]))).toEqual([line]);
  expect(readBasket(`${packBasket([line])}~x.y.z.1~${id(1)}.${id(2)}.${id(3)}.0`)).toEqual([line]);
  expect(readBasket(undefined)).toEqual([]);
});

it('more of the same is one line at the price seen last; none takes it off', () => {
  const more = withLine([line], { ...line, price: id(4), quantity: 1 });
  expect(more).toEqual([{ ...line, price: id(4), quantity: 3 }]);
  expect(withLine(more, { ...line, quantity: 0 }, { add: false })).toEqual([]);
});
