/** `kill -9` in the middle of load, twenty times; `npm run drill -- kill` does it as often as it is asked to. */
import { expect, it } from 'vitest';
import { eachEngine } from '../support/database.ts';
import { killRounds } from './kill-rounds.ts';

const KILLS = 20;

eachEngine((_name, open) => {
  it(`rule 6: after ${KILLS} kills in the middle of load everything acknowledged is there exactly once`, async () => {
    const engine = await open();
    await engine.close();
    const { acknowledged } = await killRounds(engine.target, KILLS);
    expect(acknowledged).toBeGreaterThan(KILLS * 20);
  });
});
