/** Batches and layouts as the routes answer them. */
import type { Engine } from '../db/index.ts';
import { findPerson, type Deed } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, formatInstant, type Actor } from '../platform/index.ts';
import type { OutCell } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { factsOfBatches, firmsOfBatches, type ExportBatch } from './batches.ts';
import type { LayoutInForce, LayoutVersion } from './export-layouts.ts';
import type { LayoutPreview } from './preview-layout.ts';
import { batchState, batchSteps } from './rules/batch-state.ts';

export async function batchViews(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  batches: readonly ExportBatch[],
  reader: Actor,
) {
  const factsOf = await factsOfBatches(engine, batches);
  const firms = await firmsOfBatches(
    engine,
    batches.map(({ id }) => id),
  );
  return Promise.all(
    batches.map(async (batch) => {
      const { id, estate, number, count, valueFen, createdAt, rowsHash } = batch;
      const facts = factsOf(batch);
      const { open, posted, returned } = facts;
      const { sent, acknowledged, askedBack, takenBack } = batch;
      const mine = askedBack?.actor === actorText(reader);
      const firm = await places.find(firms.get(id) ?? '');
      return {
        ...{ id, estate, number, count, value: formatYuan(valueFen), rowsHash },
        at: formatInstant(createdAt),
        ...(firm && { firm: firm.name }),
        ...(await madeBy(engine, batch.madeBy)),
        ...{ state: batchState(facts), open, posted, returned, steps: [...batchSteps(facts)] },
        ...(sent && { sent: await doneView(engine, sent) }),
        ...(acknowledged && { acknowledged: await doneView(engine, acknowledged) }),
        ...(askedBack && {
          askedBack: { ...(await doneView(engine, askedBack)), reason: askedBack.reason, mine },
        }),
        ...(takenBack && { takenBack: await doneView(engine, takenBack) }),
      };
    }),
  );
}

export async function layoutView(
  engine: Engine,
  { firm, layout, version }: LayoutInForce,
  preview: LayoutPreview,
) {
  const { number = 0, madeBy: actor, createdAt: at } = version ?? {};
  return {
    ...(firm && { firm: firm.name }),
    ...(actor !== undefined && at !== undefined && (await doneView(engine, { actor, at }))),
    ...{ number, layout: asWritten(layout), preview: previewView(preview) },
  };
}

export function layoutVersionViews(engine: Engine, versions: readonly LayoutVersion[]) {
  return Promise.all(
    versions.map(async ({ number, body, madeBy: actor, createdAt: at }) => ({
      ...{ number, layout: asWritten(body) },
      ...(await doneView(engine, { actor, at })),
    })),
  );
}

export function previewView({ rows, from }: LayoutPreview) {
  return { from, rows: rows.map((row) => row.map(textOf)) };
}

function asWritten({ columns, ...rest }: LayoutInForce['layout']) {
  return { ...rest, columns: columns.map((column) => ({ ...column })) };
}

function textOf(cell: OutCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'fen' in cell ? formatYuan(cell.fen) : cell.date;
}

async function doneView(engine: Engine, { actor, at }: Deed) {
  const name = await nameOf(engine, actor);
  return { at: formatInstant(at), ...(name !== '' && { name }) };
}

async function madeBy(engine: Engine, actor: string) {
  const name = await nameOf(engine, actor);
  return name === '' ? {} : { madeBy: name };
}

/** A colleague's; '' of a key or a job. */
async function nameOf(engine: Engine, actor: string): Promise<string> {
  return actor.startsWith('person:') ? ((await findPerson(engine, actor.slice(7)))?.name ?? '') : '';
}
