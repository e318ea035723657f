/** What the pure halves of other modules may use of the core. */
export { pointsInWholeFen, pointsTowards } from './whole-worth.ts';
