/** The operator's commands: finds the one that was asked for, and turns how it ended into words and an exit code. */
import { backup, restore } from './backup-commands.ts';
import { CommandFailed, say, type Command } from './command.ts';
import { foundCommand } from './found-command.ts';
import { exportCommand, migrate, verifyCommand } from './ledger-commands.ts';
import { key, user } from './people-commands.ts';
import { person } from './person-command.ts';

const commands: readonly Command[] = [
  foundCommand,
  migrate,
  verifyCommand,
  exportCommand,
  backup,
  restore,
  user,
  person,
  key,
];

function help(): void {
  say('邻里积分 · Linli\n\n  npm run linli -- COMMAND [--help]\n');
  for (const { name, summary } of commands) say(`  ${name.padEnd(10)}${summary.zh} · ${summary.en}`);
  say('\n数据在 DATA_DIR（SQLite）或 DATABASE_URL（PostgreSQL）');
  say('The data are in DATA_DIR (SQLite) or at DATABASE_URL (PostgreSQL)');
}

export async function runLinli([name, ...args]: readonly string[]): Promise<number> {
  const command = commands.find((c) => c.name === name);
  if (!command && name !== undefined && name !== '--help' && name !== 'help') {
    process.stderr.write(`邻里积分：没有命令 ${name}\nLinli: there is no command ${name}\n`);
    help();
    return 2;
  }
  if (!command) {
    help();
    return 0;
  }
  if (args.includes('--help')) {
    say(`${command.summary.zh} · ${command.summary.en}\n\n  ${command.usage}`);
    return 0;
  }
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    return explain(error);
  }
}

/** What the operator can mend is one sentence in each language; anything else is a bug and shows where. */
function explain(error: unknown): number {
  if (error instanceof CommandFailed) {
    process.stderr.write(`邻里积分：${error.words.zh}\nLinli: ${error.words.en}\n`);
    return error.exitCode;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`邻里积分：命令写得不对，加 --help 查看用法\nLinli: ${(error as Error).message}\n`);
    return 2;
  }
  if (error instanceof Error && ('path' in error || code.startsWith('SQLITE_'))) {
    process.stderr.write(`邻里积分：文件不能读写\nLinli: ${(error as Error).message}\n`);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
