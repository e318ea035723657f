/** The versions of a rule as a file, which the access log remembers. */
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { newModule, route } from '../platform/index.ts';
import * as examples from './rule.examples.ts';
import * as schemas from './rule.schemas.ts';
import { versionTable } from './rule-table.ts';

const READERS = ['staff', 'leader', 'operator', 'auditor'] as const;
const NAMES = { award: '志愿服务得分规则', purchase: '消费得分规则', offset: '积分抵物业费规则' } as const;

export const ruleTableRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/places/{place}/rule-versions/file',
      summary: '下载一处的规则版本 · Rule versions of a place as a file',
      access: { who: READERS, at: (c) => c.req.param('place') },
      request: {
        params: schemas.PlaceParams,
        query: FormatQuery.extend(schemas.VersionsQuery.pick({ kind: true }).shape),
      },
      responses: tableAnswer,
      example: examples.versionFile,
    }),
    (c) => {
      const { place } = c.req.valid('param');
      const { format, kind } = c.req.valid('query');
      const of = { subject: 'rule-versions', place, format, name: NAMES[kind] };
      const widths = [12, 12, 10, 30, 30, 10, 12, 10, 12, 24, 80];
      return giveTable(deps, c, { ...of, rows: versionTable(deps, { place, kind }), widths });
    },
  );
