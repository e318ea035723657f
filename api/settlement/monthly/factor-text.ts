import { Exact } from '../../platform/money/index.ts';

/** Ten-thousandths as a decimal text: `0.95`. */
export function factorText(factor: number): string {
  return new Exact(factor).dividedBy(10_000).toFixed();
}
