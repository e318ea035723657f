/** Runs a drill as its command does, and keeps what it says. */
import { runDrill } from './run-drill.ts';

export async function drill(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runDrill(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n'), last: out.at(-1) ?? '' };
}
