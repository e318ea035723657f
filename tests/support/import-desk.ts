/** A desk where files of an estate are handed in as a browser sends them. */
import { notInArray } from 'drizzle-orm';
import type { TestApp } from './app.ts';
import { openFeesWorld } from './fees-world.ts';

type Report = {
  import?: string;
  repeated: boolean;
  counts: Record<string, number>;
  totals: Record<string, unknown>;
  problems: { code: string }[];
  warnings: { code: string }[];
  questions: { code: string; zh: string }[];
  rejected: { rowNumber: number; reasons: { code: string; zh: string }[] }[];
};
type Refusal = { code: string; fields: { field: string; zh: string }[] };

export type ImportDesk = Awaited<ReturnType<typeof openImportDesk>>;

export async function openImportDesk(app: TestApp) {
  const world = await openFeesWorld(app);
  const { estate, accountant } = world;
  const { db, tables } = app.engine;
  const staff = await app.person({ role: 'staff', place: estate.id });

  /** Each test begins with an empty estate; signing in anew would cost more than all of them. */
  const empty = async () => {
    const { houses, residencies, bills, imports, people } = tables;
    for (const table of [houses, residencies, bills, imports]) await db.delete(table);
    await db.delete(people).where(notInArray(people.id, [staff.id, accountant.id]));
  };
  const upload = async (path: string, body: BodyInit, by = staff) =>
    app.server.app.request(`http://linli.test/api/v1/estates/${estate.id}/${path}`, {
      method: 'POST',
      // Node asks for it where the body comes piece by piece; the types do not know it.
      ...{ duplex: 'half' },
      headers: { origin: 'http://linli.test', host: 'linli.test', ...by.headers },
      body,
    });
  const send = async (path: string, body: BodyInit, by = staff) =>
    (await (await upload(path, body, by)).json()) as Report & Refusal;
  const countOf = async (table: 'houses' | 'people' | 'residencies' | 'bills' | 'imports') =>
    (await db.select().from(tables[table])).length;
  return { world, staff, empty, upload, send, countOf };
}
