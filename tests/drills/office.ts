/**
 * Opens the month's files in LibreOffice, as a firm does: every workbook that a running server gives is turned into CSV by
 * it and laid beside the CSV that we write of the same list. By hand, where LibreOffice is (`soffice`).
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Found, Misused, readOptions, stopwatch, type Drill, type Say } from './drill.ts';

const USAGE = `office --base ADDRESS --password PASSWORD [--user accountant] [--soffice PROGRAM]
  opens the lists, the batches and the vouchers of a running server (a demo) in LibreOffice and compares every cell`;

/** Comma, double quotes, UTF-8, all as it is shown. */
const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76';

type Asked = { base: string; user: string; password: string; soffice: string };
type Get = (path: string) => Promise<Response>;

async function run(args: readonly string[], say: Say): Promise<void> {
  const { base, password, user, soffice } = readOptions(args, {
    ...{ base: { type: 'string' }, password: { type: 'string' } },
    ...{ user: { type: 'string', default: 'accountant' }, soffice: { type: 'string', default: 'soffice' } },
  });
  if (base === undefined || password === undefined) throw new Misused('--base and --password are needed.');
  const time = stopwatch();
  const get = await signIn({ base, user, password, soffice });
  const folder = await mkdtemp(join(tmpdir(), 'linli-office-'));
  let cells = 0;
  const paths = await filesOf(get);
  try {
    for (const [at, path] of paths.entries()) {
      const name = `${at}.xlsx`;
      await writeFile(
        join(folder, name),
        Buffer.from(await (await get(`${path}&format=xlsx`)).arrayBuffer()),
      );
      const own = await (await get(`${path}&format=csv`)).text();
      await promisify(execFile)(soffice, [
        ...['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', AS_CSV],
        ...['--outdir', folder, join(folder, name)],
      ]);
      const theirs = await readFile(join(folder, `${at}.csv`), 'utf8');
      cells += compare(path, rowsOf(own), rowsOf(theirs));
      say(`office ${at + 1}/${paths.length}: ${path} the same`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say(
    `office: ${paths.length} workbooks, ${cells} cells, each the same in LibreOffice and in our CSV, ${time()}`,
  );
}

async function signIn({ base, user, password }: Asked): Promise<Get> {
  const answer = await fetch(`${base}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ username: user, password }),
  });
  if (!answer.ok) throw new Misused(`${user} cannot sign in at ${base}: ${answer.status}.`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async (path) => {
    const found = await fetch(`${base}/api/v1${path}`, { headers: { cookie } });
    if (!found.ok) throw new Found(`office: ${path} answered ${found.status}`);
    return found;
  };
}

/** The month at work of each estate: its lists, its batches, and the vouchers of what is closed. */
async function filesOf(get: Get): Promise<string[]> {
  const listOf = async <Row>(path: string): Promise<Row[]> =>
    ((await (await get(path)).json()) as { items: Row[] }).items;
  const paths: string[] = [];
  const works = await listOf<{ estate: { id: string }; month: string }>('/months-at-work');
  for (const { estate, month } of works) {
    const at = `/estates/${estate.id}`;
    paths.push(`${at}/bills/file?period=${month}&sort=house`, `${at}/breaks/file?state=open`);
    for (const state of ['held', 'exported', 'posted']) paths.push(`${at}/offsets/file?state=${state}`);
    const batches = await listOf<{ id: string }>(`${at}/offset-exports?limit=10`);
    paths.push(...batches.map(({ id }) => `/offset-exports/${id}/file?`));
    const closed = await listOf<{ id: string; edition?: number }>(`/places/${estate.id}/closures?limit=10`);
    paths.push(
      ...closed
        .filter(({ edition }) => edition !== undefined)
        .map(({ id }) => `/closures/${id}/voucher/file?`),
    );
  }
  return paths;
}

/** How many cells there are. A row's empty cells at its end are not written, nor are empty rows at the end. */
function compare(path: string, own: readonly string[][], theirs: readonly string[][]): number {
  const rows = Math.max(own.length, theirs.length);
  let cells = 0;
  for (let row = 0; row < rows; row += 1) {
    const [ours = [], others = []] = [own[row], theirs[row]];
    for (let column = 0; column < Math.max(ours.length, others.length); column += 1) {
      const [left = '', right = ''] = [ours[column], others[column]];
      if (left !== right)
        throw new Found(`office: ${path}, row ${row + 1}, cell ${column + 1}: “${left}” is “${right}” there`);
      cells += 1;
    }
  }
  return cells;
}

/** The cells of a CSV; a quote is doubled, and a cell may hold lines. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const found = text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r?\n|$)/g);
  for (const [, cell = '', end] of found) {
    const plain = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    // Our CSV guards what a program would run.
    rows.at(-1)?.push(plain.replace(/^'(?=[=+\-@])/, ''));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

export const office: Drill = { usage: USAGE, run };
