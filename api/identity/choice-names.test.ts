import { expect, it } from 'vitest';
import { choiceNames } from './choice-names.ts';

const names = (...people: string[]) => choiceNames(people.map((name) => ({ name, place: '' })));

it('a couple is told apart by the last character of each name', () => {
  expect(names('王秀兰', '李建国')).toEqual(['王*兰', '李*国']);
  expect(names('王兰', '李国')).toEqual(['*兰', '*国']);
  expect(names('欧阳娜娜', 'John Smith')).toEqual(['欧*娜', 'J*h']);
});

it('sisters who would read alike are told apart by their given names', () => {
  expect(names('王秀兰', '王桂兰', '李建国')).toEqual(['*秀兰', '*桂兰', '李*国']);
});

it('two of one name are told apart by where they live', () => {
  const two = [
    { name: '王秀兰', place: '和美苑' },
    { name: '王秀兰', place: '金康苑' },
  ];
  expect(choiceNames(two)).toEqual(['*秀兰 · 和美苑', '*秀兰 · 金康苑']);
});
