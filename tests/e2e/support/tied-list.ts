/** A list of documents as whoever pays last month's points sends it: two of its rows are alike and have no number. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export type TiedList = { statement: string; fund: string; month: string; amount: string; other: string };
type Months = { items: { fund: { id: string }; month: string }[] };

/** What the ledger has of both stays open; `amount` is that of the alike, `other` that of a second document, as pages show them. */
export async function tiedList(staff: Page): Promise<TiedList> {
  const { origin } = new URL(staff.url());
  const read = async (path: string) => {
    const answer = await staff.request.get(`${origin}/api/v1${path}`);
    expect(answer.ok(), path).toBe(true);
    return answer;
  };
  const me = (await (await read('/me')).json()) as { roles: { place: string }[] };
  const months = (await (await read(`/places/${me.roles[0]!.place}/fund-months`)).json()) as Months;
  for (const { fund, month } of months.items) {
    const of = `/funds/${fund.id}/months/${month}`;
    const text = await (await read(`${of}/file?format=csv`)).text();
    const list = listOf(text);
    if (list === undefined) continue;
    const sent = await staff.request.post(
      `${origin}/api/v1${of}/statements?fileName=${encodeURIComponent('清单.csv')}`,
      { data: Buffer.from(list.text), headers: { 'content-type': 'text/csv', origin } },
    );
    const taken = (await sent.json()) as { import: string };
    expect(sent.status(), JSON.stringify(taken)).toBe(200);
    return { statement: taken.import, fund: fund.id, month, amount: list.amount, other: list.other };
  }
  throw new Error('no fund of last month has documents of two amounts and a third');
}

/** All documents of the month by their number, but the first and one of another amount; the first twice without it. */
function listOf(text: string): { text: string; amount: string; other: string } | undefined {
  const lines = text.slice(text.indexOf('单号,')).trim().split(/\r?\n/).slice(1);
  const documents = lines.map((line) => line.split(',') as [string, string, string, string, string]);
  const given = documents.filter(([, , , , amount]) => !amount.startsWith('-'));
  const [alike] = given;
  const second = given.find(([, , , , amount]) => amount !== alike?.[4]);
  if (!alike || !second || documents.length < 3) return undefined;
  const rows = documents.flatMap(([number, party, , , amount]) =>
    number === alike[0] || number === second[0] ? [] : [[number, party, amount].join(',')],
  );
  const loose = `,${alike[1]},${alike[4]}`;
  const list = ['单号,收分方,金额', ...rows, loose, loose].join('\n');
  return { text: list, amount: `¥${alike[4]}`, other: `¥${second[4]}` };
}
