/** Evidence of a break as files: attached and withdrawn by whoever works on it, each a line of its thread. */
import {
  attaching,
  attachmentRefusal,
  attachmentsOf,
  findAttachment,
  keptOf,
  withdrawing,
  type FileDeed,
  type Hanging,
} from '../../attachments/index.ts';
import type { Engine } from '../../db/index.ts';
import { findPosted, post, untilFresh, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorText,
  formatInstant,
  isProblem,
  mayAt,
  problem,
  type Actor,
  type Problem,
} from '../../platform/index.ts';
import { Lists } from '../reconcile/lists.ts';
import { findBreak, type BreakRow } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';
import { namesOfActors } from './names-of-actors.ts';

/** How attachments name what they hang on. */
const BREAK = 'break';

type Doing = { break: string; actor: Actor; key: string; scope: string };

export function attachToBreak(
  deps: ProductDeps,
  input: Doing & { file: { bytes: Uint8Array; name: string } },
): Promise<Posted | Problem> {
  // Once, however often the rest is tried again.
  const kept = keptOf(input.file);
  if (isProblem(kept)) return Promise.resolve(kept);
  const { sha256, name } = kept;
  return untilFresh(() =>
    change(deps, input, ['attach-to-break', { sha256, name }], async (found, book) => {
      const of = { thing: BREAK, thingId: found.id, place: found.estate, book };
      const deed = await attaching(deps, { ...of, kept, addedBy: actorText(input.actor) });
      if (isProblem(deed)) return deed;
      return { deed, kind: 'attached', comment: name, subject: deed.id };
    }),
  );
}

export function withdrawFromBreak(
  deps: ProductDeps,
  input: Doing & { attachment: string; reason: string },
): Promise<Posted | Problem> {
  const { attachment, reason } = input;
  return untilFresh(() =>
    change(deps, input, ['withdraw-from-break', { attachment, reason }], async (found, book) => {
      const hanging = await evidenceOf(deps.engine, { attachment, break: found.id });
      if (!hanging) return problem('not-found');
      if (hanging.withdrawn) return problem('attachment-withdrawn');
      const by = actorText(input.actor);
      const deed = await withdrawing(deps, { attachment: hanging, reason, by, book });
      if (isProblem(deed)) return deed;
      return { deed, kind: 'withdrawn', comment: reason, subject: attachment };
    }),
  );
}

type Change = { deed: FileDeed; kind: 'attached' | 'withdrawn'; comment: string; subject: string };

/** The break's own version moves with it, so that of two who add the last file at once one is told. */
async function change(
  deps: ProductDeps,
  { break: id, actor, key, scope }: Doing,
  request: readonly [string, object],
  made: (found: BreakRow, book: number) => Promise<Change | Problem>,
): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const found = await findBreak(engine, id);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: [request[0], { break: found.id, ...request[1] }] };
  const before = await findPosted(deps, ask);
  if (before) return attachmentRefusal(before);
  const change = await made(found, book);
  if (isProblem(change)) return change;
  const { deed, ...line } = change;
  const moved = { update: 'breaks', id: found.id, version: found.version, set: { owner: found.owner } };
  const said = eventRow(deps, { breakId: found.id, actor: actorText(actor), ...line });
  const rows = [...deed.rows, moved, said];
  return attachmentRefusal(
    await post(deps, ask, { ...deed, actor, place: found.estate, commands: [], rows }),
  );
}

function evidenceOf(engine: Engine, of: { attachment: string; break: string }) {
  return findAttachment(engine, { id: of.attachment, thing: BREAK, thingId: of.break });
}

/** To be opened; one that was withdrawn, by auditors alone. */
export async function readableEvidence(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  of: { attachment: string; found: BreakRow; actor: Actor },
): Promise<Hanging | undefined> {
  const hanging = await evidenceOf(engine, { attachment: of.attachment, break: of.found.id });
  if (!hanging?.withdrawn) return hanging;
  return (await mayAt(of.actor, ['auditor'], of.found.estate, places)) ? hanging : undefined;
}

export async function evidenceViews(engine: Engine, breaks: readonly string[]) {
  const rows = await attachmentsOf(engine, { thing: BREAK, ids: breaks });
  const lists = new Lists<string, Hanging>();
  for (const row of rows) lists.add(row.thingId, row);
  const people = rows.flatMap(({ addedBy, withdrawn }) => [
    addedBy,
    ...(withdrawn ? [withdrawn.withdrawnBy] : []),
  ]);
  const nameOf = await namesOfActors(engine, people);
  return (id: string) =>
    lists.get(id).map(({ id: attachment, name, type, size, content, addedBy, createdAt, withdrawn }) => ({
      ...{ id: attachment, name, type, size, sha256: content },
      ...{ by: nameOf(addedBy), at: formatInstant(createdAt) },
      ...(withdrawn && {
        withdrawn: {
          ...{ by: nameOf(withdrawn.withdrawnBy), at: formatInstant(withdrawn.createdAt) },
          reason: withdrawn.reason,
        },
      }),
    }));
}
