import { expect, it } from 'vitest';
import { houseKey, type House } from './houses.ts';
import { newHousesQuestion } from './new-houses.ts';

const house = (building: string, room: string): House => {
  return { id: `${building}-${room}`, estate: 'e', building, unit: '2', room };
};
const known = (...houses: House[]) => new Map(houses.map((each) => [houseKey(each), each]));

it('the first roster of an estate is not asked about, but for two houses that differ by a zero', () => {
  expect(newHousesQuestion([house('3', '0601'), house('3', '0602')], known())).toBeUndefined();
  const asked = newHousesQuestion([house('3', '0601'), house('3', '601'), house('3', '0602')], known())!;
  expect(asked.zh).toContain('会新建 2 户房屋：3栋2单元0601（已有 3栋2单元601）');
});

it('601 beside 0601, and a building that was not there, are named before they are made', () => {
  const before = known(house('3', '0601'));
  const asked = newHousesQuestion([house('3', '0602'), house('3', '601'), house('33', '0601')], before)!;
  expect(asked).toMatchObject({ code: 'new-houses' });
  expect(asked.zh).toContain(
    '会新建 3 户房屋：3栋2单元601（已有 3栋2单元0601）、33栋2单元0601（以前没有33栋）、3栋2单元0602。',
  );
  expect(newHousesQuestion([], before)).toBeUndefined();
});

it('of many new houses the first are named, and the rest counted', () => {
  const many = Array.from({ length: 60 }, (_, nth) => house('4', `1${String(nth).padStart(2, '0')}`));
  expect(newHousesQuestion(many, known(house('3', '0601')))!.zh).toContain('，另有 52 户');
});
