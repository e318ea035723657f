/** `npm run drill -- kill`: a posting process is killed over and over, and nothing that it acknowledged is lost or twice. */
import { killRounds } from '../faults/kill-rounds.ts';
import { countNamed, enginesNamed, plain, readOptions, stopwatch, type Drill } from './drill.ts';
import { ENGINE_TITLES, withFreshDatabases } from './fresh-databases.ts';

export const kill: Drill = {
  usage: `kill       kill -9 in the middle of load; then what was acknowledged is there once, and verify is green
             --rounds N    so many kills on each engine (100)
             --engine E    only sqlite or only postgres`,
  async run(args, say) {
    const values = readOptions(args, {
      rounds: { type: 'string', default: '100' },
      engine: { type: 'string' },
    });
    const rounds = countNamed('rounds', values.rounds);
    const engines = enginesNamed(values.engine);
    const elapsed = stopwatch();
    let acknowledged = 0;
    await withFreshDatabases(async (fresh) => {
      for (const engine of engines) {
        const end = await killRounds(await fresh(engine), rounds, (r) =>
          say(
            `kill ${engine} ${r.round}/${rounds}: ${plain(r.acknowledged)} acknowledged, ${plain(r.transactions)} transactions, verify green`,
          ),
        );
        acknowledged += end.acknowledged;
      }
    });
    const where = engines.map((engine) => ENGINE_TITLES[engine]).join(' and ');
    say(
      `kill: ${plain(rounds)} kills on ${where}, ${plain(acknowledged)} units acknowledged, each there exactly once and replayed from its key, verify green, ${elapsed()}`,
    );
  },
};
