/** How a firm's files are to be read: what its columns are, and which houses it means. */
import type { Engine } from '../db/index.ts';
import { formatHouse, houseCode, readUpload, type ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import { listMappings, ownerOf, type FeeMapping } from './bill-mappings.ts';
import * as examples from './bill-mapping.examples.ts';
import * as schemas from './bill-mapping.schemas.ts';
import { EstateParams } from './fees.schemas.ts';
import { decideHouse, forgetHouse, listHouseNames, type HouseNameRow } from './house-names.ts';
import { saveMapping } from './settings/save-mapping.ts';
import { ChangedSchema } from './settings/firm-changes.schemas.ts';
import { signerName } from './statement/statement.views.ts';
import { previewBills } from './preview-bills.ts';

const LOOKS_UP = ['accountant', 'finance_lead', 'auditor', 'operator'] as const;
const CHANGES = ['accountant', 'operator'] as const;

export const billMappingRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/bills/preview',
        summary: '账单文件的表头和前几行，看每一列是什么 · The header and first rows of a bill file',
        access: { who: CHANGES, at: (c) => c.req.param('estate'), scope: 'fees:write' },
        upload: true,
        request: { params: EstateParams, query: schemas.PreviewQuery },
        responses: { 200: answer(schemas.PreviewSchema, '表头和前几行 · Header and first rows') },
        problems: ['too-large', 'invalid-input'],
        example: examples.previewBills,
      }),
      async (c) => {
        const { headerRow, ...chosen } = c.req.valid('query');
        const file = await readUpload(c, chosen);
        if (isProblem(file)) return refuse(c, file);
        const { estate } = c.req.valid('param');
        const row = headerRow === undefined ? {} : { headerRow: Number(headerRow) };
        const preview = await previewBills(deps, { estate, file, ...row });
        if (isProblem(preview)) return refuse(c, preview);
        const { header, columns, rows, ...rest } = preview;
        const cells = rows.map((row) => [...row]);
        return c.json({ ...rest, header: [...header], columns: [...columns], rows: cells }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/bill-mappings',
        summary: '物业保存的列对应方案 · The column mappings of the estate’s firm',
        access: { who: LOOKS_UP, at: (c) => c.req.param('estate'), scope: 'fees:read' },
        request: { params: EstateParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.MappingsSchema, '列对应方案 · Column mappings') },
        example: examples.listMappings,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listMappings(deps.engine, {
          ...{ firm: await ownerOf(deps, c.req.valid('param').estate), limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json(
          { ...cut, items: await Promise.all(cut.items.map((row) => mappingView(deps.engine, row))) },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/estates/{estate}/bill-mappings',
        summary:
          '保存列对应方案，以后同样表头的文件自动使用 · Keep a column mapping for files with the same header',
        description:
          '本小区的文件马上按它读；另一位同事复核后，公司其他小区也用（公司只有一个人时直接生效）。Reads this estate’s files at once, and those of the firm’s other estates once a second person approves (at once where there is none).',
        // It reads the files of every estate of the firm: its accountant's word, and no program's.
        access: { who: ['accountant'], at: (c) => c.req.param('estate') },
        request: { params: EstateParams, body: json(schemas.SaveMappingSchema) },
        responses: { 200: answer(ChangedSchema, '列对应方案 · Column mapping') },
        problems: ['changed-meanwhile', 'already-exists', 'change-waits', 'invalid-input'],
        example: examples.saveMapping,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const saved = await saveMapping(deps, { ...c.req.valid('json'), estate, actor: actorOf(c) });
        return isProblem(saved) ? refuse(c, saved) : c.json({ waits: saved.state === 'waiting' }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/house-names',
        summary: '物业写法和房屋的对应 · Which houses the firm means by what it writes',
        access: { who: LOOKS_UP, at: (c) => c.req.param('estate'), scope: 'fees:read' },
        request: { params: EstateParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.HouseNamesSchema, '房号写法 · House names') },
        example: examples.listHouseNames,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listHouseNames(deps.engine, {
          ...{ estate: c.req.valid('param').estate, limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json(
          { ...cut, items: await Promise.all(cut.items.map((row) => houseNameView(deps.engine, row))) },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/estates/{estate}/house-names',
        summary:
          '指定物业的写法是哪一套房屋，下次自动对上 · Say which house is meant, for the next file as well',
        access: { who: CHANGES, at: (c) => c.req.param('estate'), scope: 'fees:write' },
        request: { params: EstateParams, body: json(schemas.DecideHouseSchema) },
        responses: { 200: answer(schemas.HouseNameSchema, '房号写法 · House name') },
        problems: ['changed-meanwhile', 'invalid-input'],
        example: examples.decideHouse,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const decided = await decideHouse(deps, { ...c.req.valid('json'), estate, actor: actorOf(c) });
        return isProblem(decided)
          ? refuse(c, decided)
          : c.json(await houseNameView(deps.engine, decided), 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/estates/{estate}/house-names',
        summary: '撤销一个房号指定，下次再问 · Forget which house is meant, so that the next file asks again',
        description: '已经导入的账单不变。Bills that were taken in stay as they are.',
        access: { who: CHANGES, at: (c) => c.req.param('estate'), scope: 'fees:write' },
        request: { params: EstateParams, query: schemas.ForgetHouseQuery },
        responses: { 204: noContent },
        problems: ['changed-meanwhile'],
        example: examples.forgetHouse,
      }),
      async (c) => {
        const { written, version } = c.req.valid('query');
        const { estate } = c.req.valid('param');
        const refused = await forgetHouse(deps.engine, { estate, written, version: Number(version) });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );

async function mappingView(
  engine: Engine,
  { id, name, version, header, columns, savedBy, createdAt }: FeeMapping,
) {
  const done = { at: formatInstant(createdAt), by: await signerName(engine, savedBy) };
  return {
    id,
    name,
    version,
    header: [...header],
    columns: columns.map((column) => ({ ...column })),
    ...done,
  };
}

async function houseNameView(
  engine: Engine,
  { id, written, code, version, decidedBy, createdAt }: HouseNameRow,
) {
  const house = { id: code.id, code: houseCode(code), name: formatHouse(code) };
  const by = await signerName(engine, decidedBy);
  return { id, written, house, version, at: formatInstant(createdAt), by };
}
