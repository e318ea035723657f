/** `npm run linli -- COMMAND`: the operator's commands. */
import { backup, restore } from './backup-commands.ts';
import { CommandFailed, say, type Command } from './command.ts';
import { exportCommand, migrate, verifyCommand } from './ledger-commands.ts';
import { key, user } from './people-commands.ts';

const commands: readonly Command[] = [migrate, verifyCommand, exportCommand, backup, restore, user, key];

function help(): void {
  say('邻里积分 · Linli\n\n  npm run linli -- COMMAND [--help]\n');
  for (const { name, summary } of commands) say(`  ${name.padEnd(10)}${summary.zh} · ${summary.en}`);
  say('\n数据在 DATA_DIR（SQLite）或 DATABASE_URL（PostgreSQL）');
  say('The data are in DATA_DIR (SQLite) or at DATABASE_URL (PostgreSQL)');
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const command = commands.find((c) => c.name === name);
  if (!command) {
    help();
    return name === undefined || name === '--help' || name === 'help' ? 0 : 2;
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
  if (code === 'EEXIST' || code === 'EACCES' || code === 'ENOENT' || code === 'EPIPE') {
    process.stderr.write(`邻里积分：文件不能写\nLinli: ${(error as Error).message}\n`);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

process.exitCode = await main();
