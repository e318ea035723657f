/** The cases without HTTP, in one process and in turns. */
import { startChild } from './children.ts';
import type { JournalQuestion } from './journal.worker.ts';
import type { Play, Round } from './posting.ts';

const RAW_BATCH = 1_000;
/** On PostgreSQL a batch waits for the server, and more at once would only wait longer. */
const IN_FLIGHT = { sqlite: 1_000, postgres: 256 } as const;
const IN_FLIGHT_LIKE_HTTP = 64;
/** Of the rounds of 64 at a time, which are slower. */
const FEWER = 0.5;

export async function runJournalCases(play: Play): Promise<void> {
  const { databases, site, stage, effort, engine, wants, results, now } = play;
  const names = ['journal', 'raw', 'journal-64', 'aged'].filter(wants);
  if (names.length === 0) return;
  const sites = {
    journal: await databases.copy(site),
    raw: await databases.copy(site),
    'journal-64': await databases.copy(site),
    aged: await databases.copy(site),
  };
  const child = startChild<JournalQuestion>('journal');
  try {
    if (wants('aged')) await child.ask({ do: 'age', keys: effort.oldKeys, now, site: sites.aged });
    const turns: Record<string, JournalQuestion> = {};
    const whole = { inFlight: IN_FLIGHT[engine], count: effort.journalCount };
    const few = { inFlight: IN_FLIGHT_LIKE_HTTP, count: effort.journalCount * FEWER };
    if (wants('journal') || wants('raw')) {
      turns['journal'] = { do: 'journal', site: sites.journal, ...whole };
      turns['raw'] = { do: 'raw', site: sites.raw, from: sites.journal, batch: RAW_BATCH };
    }
    if (wants('journal-64')) turns['journal-64'] = { do: 'journal', site: sites['journal-64'], ...few };
    if (wants('aged')) turns['aged'] = { do: 'journal', site: sites.aged, ...few };
    for (const name of ['journal', 'journal-64', 'aged'] as const) {
      if (name in turns) await child.ask({ do: 'open', stage, site: sites[name] });
    }
    // The first round warms everything up and counts for nothing.
    for (let nth = 0; nth <= effort.rounds; nth++) {
      for (const [name, question] of Object.entries(turns)) {
        const round = await child.ask<Round>(question);
        if (nth > 0) results.add(name, round);
      }
    }
    for (const name of Object.keys(turns)) results.sayRate(name);
    if ('raw' in turns) {
      const [made, copied] = [
        await child.ask<Record<string, string>>({ do: 'digest', site: sites.journal }),
        await child.ask<Record<string, string>>({ do: 'digest', site: sites.raw }),
      ];
      const different = Object.keys(made).filter((table) => made[table] !== copied[table]);
      if (different.length > 0) throw new Error(`raw is not row-equal in ${different.join(', ')}`);
      const note = Object.entries(made).map(([table, digest]) => `${table} ${digest.slice(0, -48)}…`);
      results.say('raw-row-equal', 1, 'ratio', { note: note.join(', ') });
    }
  } finally {
    await child.stop();
  }
}
