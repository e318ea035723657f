/** A goods' photo: one stands at a time, the others stay on record. Kept by its bytes, without where it was taken. */
import { attaching, attachmentRefusal, keptOf } from '../../attachments/index.ts';
import { findPosted, post, untilFresh, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { changesKey, keeperProblem } from './change-goods.ts';
import { findGoods, GOODS, photosOf } from './find-goods.ts';

type Asked = {
  goods: string;
  file: { bytes: Uint8Array; name: string };
  actor: Actor;
  key: string;
  scope: string;
};

/** In the place of the one that stood. */
export function setPhoto(deps: ProductDeps, asked: Asked): Promise<Posted | Problem> {
  return untilFresh(() => setOnce(deps, asked));
}

async function setOnce(
  deps: ProductDeps,
  { goods: id, file, actor, key, scope }: Asked,
): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const goods = await findGoods(engine, id);
  const book = goods && (await places.bookOf(goods.place));
  if (!goods || book === undefined) return problem('not-found');
  const kept = keptOf(file);
  if (isProblem(kept)) return kept;
  if (!kept.type.startsWith('image/')) return problem('file-not-accepted');
  const ask = { book, scope, key, request: ['set-photo', id, kept.sha256] };
  const before = await findPosted(deps, ask);
  if (before) return attachmentRefusal(before);
  const wrong = await keeperProblem(deps, { place: goods.place, actor });
  if (wrong) return wrong;
  const by = actorText(actor);
  const standing = (await photosOf(engine, [id])).get(id);
  if (standing?.content === kept.sha256) return problem('attached-already');
  const made = await attaching(deps, {
    ...{ thing: GOODS, thingId: id, place: goods.place, book, kept, addedBy: by },
    ...(standing && { instead: { attachment: standing.id, reason: '换照片' } }),
  });
  if (isProblem(made)) return made;
  // Of two who change it at once, the later one looks again.
  const touched = { update: 'goods', id, version: goods.version, set: { made_by: goods.madeBy } };
  const posted = await post(deps, ask, {
    ...{ ...made, actor, place: goods.place, commands: [] },
    tallies: [{ key: changesKey(id), add: 1 }, ...made.tallies],
    rows: [touched, ...made.rows],
  });
  return attachmentRefusal(posted);
}
