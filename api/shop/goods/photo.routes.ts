/** The photo of a goods: set by whoever keeps the shelves, seen by whoever may buy there. */
import type { Context } from 'hono';
import { giveFile, MOST_SENT, readFile } from '../../attachments/index.ts';
import { personActor } from '../../identity/index.ts';
import { UploadQuery, type ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  fileAnswer,
  idempotencyKeyOf,
  IdSchema,
  isProblem,
  keyScope,
  markReplay,
  mayAt,
  newModule,
  problem,
  refuse,
  route,
  subjectOf,
} from '../../platform/index.ts';
import { findGoods, offered, photosOf } from './find-goods.ts';
import * as examples from './goods.examples.ts';
import { KEEPERS, SEES_GOODS } from './goods.routes.ts';
import { GoodsParams, GoodsSchema } from './goods.schemas.ts';
import { goodsView } from './goods.views.ts';
import { setPhoto } from './photo.ts';

const PICTURES = ['image/jpeg', 'image/png', 'image/webp'] as const;
const PhotoParams = GoodsParams.extend({ attachment: IdSchema });

export const photoRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const placeOfGoods = async (c: Context): Promise<string | undefined> =>
    (await findGoods(engine, c.req.param('goods') ?? ''))?.place;
  /** A resident of the shop's book, or whoever sees its shelves from behind. */
  const maySee = async (c: Context, place: string): Promise<boolean> => {
    const [book, books] = [await places.bookOf(place), await places.booksOf(subjectOf(personActor(c)))];
    return (book !== undefined && books.has(book)) || mayAt(actorOf(c), SEES_GOODS, place, places);
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/goods/{goods}/photo',
        summary: '换商品照片 · Set the photo of a goods',
        description:
          'JPEG、PNG 或 WebP，最多 5 MB；看内容，不看文件名。拍摄时间、地点和设备都会去掉。JPEG, PNG or WebP of at most 5 MB, by its content and not its name; what it says of where, when and with what it was taken is dropped.',
        access: { who: KEEPERS, at: placeOfGoods },
        movesPoints: true,
        upload: { mostBytes: MOST_SENT, types: PICTURES },
        request: { params: GoodsParams, query: UploadQuery.pick({ fileName: true }) },
        responses: { 200: answer(GoodsSchema, '商品 · Goods') },
        problems: [
          ...(['file-not-accepted', 'file-unfit', 'attached-already', 'attachments-full'] as const),
          ...(['attachments-no-room', 'not-allowed', 'changed-meanwhile', 'month-closed'] as const),
        ],
        example: examples.setPhoto,
      }),
      async (c) => {
        const file = await readFile(c, c.req.valid('query').fileName);
        if (isProblem(file)) return refuse(c, file);
        const [actor, { goods: id }] = [actorOf(c), c.req.valid('param')];
        const place = (await placeOfGoods(c)) ?? '';
        const by = { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, place) };
        const done = await setPhoto(deps, { goods: id, file, ...by });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const [goods, book] = [await findGoods(engine, id), (await places.bookOf(place)) ?? 0];
        const [one] = goods ? await offered(engine, { book, goods: [goods], at: clock() }) : [];
        return one ? c.json(goodsView(one), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/goods/{goods}/photos/{attachment}',
        summary: '商品照片 · The photo of a goods',
        access: { signedIn: true, acting: 'view' },
        request: { params: PhotoParams },
        responses: { 200: fileAnswer('照片 · The photo', ...PICTURES) },
        problems: ['not-found'],
        example: examples.photo,
      }),
      async (c) => {
        const { goods: id, attachment } = c.req.valid('param');
        const goods = await findGoods(engine, id);
        const photo = goods && (await photosOf(engine, [id])).get(id);
        const isSeen = photo?.id === attachment && (await maySee(c, goods?.place ?? ''));
        return isSeen ? giveFile(engine, photo) : refuse(c, problem('not-found'));
      },
    );
};
