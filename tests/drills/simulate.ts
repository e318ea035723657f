/** `npm run drill -- simulate`: one long random history on both engines, which must come to the same books. */
import { verify, type BookReport } from '../../api/ledger/index.ts';
import type { Engine } from '../../api/db/index.ts';
import { History } from '../properties/differential-history.ts';
import { assertSameBooks, playSideBySide, type Sides } from '../properties/side-by-side.ts';
import { countNamed, Found, plain, readOptions, seedNamed, stopwatch, type Drill } from './drill.ts';
import { withEngines, withFreshDatabases } from './fresh-databases.ts';

/** So many stations on the way, at each of which both books are verified. */
const STATIONS = 5;

export const simulate: Drill = {
  usage: `simulate   a random history on SQLite and PostgreSQL at once: equal answers, rows and roots, the ledger's
             equations hold, verify is green
             --steps N     so many units of work (20000)
             --seed N      the same history again`,
  async run(args, say) {
    const values = readOptions(args, {
      steps: { type: 'string', default: '20000' },
      seed: { type: 'string' },
    });
    const steps = countNamed('steps', values.steps);
    const seed = seedNamed(values.seed);
    const history = new History(seed);
    const elapsed = stopwatch();
    let [done, nextStation] = [0, steps / STATIONS];
    try {
      await withFreshDatabases(async (fresh) => {
        const targets = [await fresh('sqlite'), await fresh('postgres'), await fresh('sqlite')];
        await withEngines(targets, async ([sqlite, postgres, inOtherParts]) => {
          const sides = { sqlite, postgres, inOtherParts } as Sides;
          await playSideBySide(history, sides, steps, async (played) => {
            done = played;
            if (done < nextStation) return;
            nextStation = done + steps / STATIONS;
            const { transactions, root } = await verifySame(sides);
            say(
              `simulate ${plain(done)}/${plain(steps)}: ${plain(transactions)} transactions, root ${root.slice(0, 16)}… on both, verify green, ${elapsed()}`,
            );
          });
          const { transactions } = await verifySame(sides);
          const { root } = await assertSameBooks(sides);
          say(
            `simulate: seed ${seed}, ${plain(done)} units (${refusedOf(history)} of them refused), ${plain(transactions)} transactions, root ${root} on SQLite and PostgreSQL, every row the same, equations hold, verify green, ${elapsed()}`,
          );
        });
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Found(
        `simulate: seed ${seed}, after ${plain(done)} units: ${reason}\nAgain: npm run drill -- simulate --seed ${seed} --steps ${steps}`,
        { cause: error },
      );
    }
  },
};

function refusedOf({ refused }: History): string {
  return plain([...refused.values()].reduce((sum, times) => sum + times, 0));
}

/** Verifies both books; throws what was found, or that the roots differ. */
async function verifySame({ sqlite, postgres }: Sides): Promise<BookReport> {
  const [one, other] = [await verified(sqlite), await verified(postgres)];
  if (one.root !== other.root) throw new Error(`the roots differ: ${one.root}, ${other.root}`);
  return one;
}

async function verified(engine: Engine): Promise<BookReport> {
  const { findings, books } = await verify(engine);
  const [book] = books;
  if (findings.length > 0 || book === undefined) {
    throw new Error(`verify on ${engine.kind}: ${JSON.stringify(findings.slice(0, 5))}`);
  }
  return book;
}
