/** `npm run drill -- NAME`: the long ones, each of which has a short run in `npm test`. */
import { runDrill } from './run-drill.ts';

process.exitCode = await runDrill(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
