import { isProblem, type Problem } from '../platform/index.ts';

/** The demo's history is written by us: whatever refuses a step of it is a bug, and the seeding stops there. */
export function must<Value>(value: Value | Problem): Value {
  if (!isProblem(value)) return value;
  throw new Error(`the demo was refused: ${value.code} ${JSON.stringify(value)}`);
}
