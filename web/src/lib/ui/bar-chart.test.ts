import { expect, it } from 'vitest';
import { axisOf } from './bar-chart.ts';

it.each([
  [[0, 0], { top: 1, ticks: [0] }],
  [[3], { top: 3, ticks: [0, 1, 2, 3] }],
  [[1480, 610], { top: 1500, ticks: [0, 500, 1000, 1500] }],
  [[9_999], { top: 10_000, ticks: [0, 2_500, 5_000, 7_500, 10_000] }],
  [[100], { top: 100, ticks: [0, 25, 50, 75, 100] }],
])('of %j the axis is %j', (values, expected) => {
  expect(axisOf(values)).toEqual(expected);
});
