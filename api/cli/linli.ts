/** `npm run linli -- COMMAND`: the operator's commands. */
import { runLinli } from './run-linli.ts';

/** Whoever read our output has gone (`… | head`): end as a process does that SIGPIPE ends, and never as if it were done. */
const READER_GONE = 128 + 13;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(READER_GONE);
});

process.exitCode = await runLinli(process.argv.slice(2));
