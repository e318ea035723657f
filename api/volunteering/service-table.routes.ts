import { logAccess } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  CSV_TYPE,
  fileAnswer,
  newModule,
  route,
  XLSX_TYPE,
  z,
} from '../platform/index.ts';
import { downloadTable } from '../platform/files/index.ts';
import { serviceTable } from './service-table.ts';
import { serviceFile } from './volunteering.examples.ts';
import { PlaceParams, StateQuery } from './volunteering.schemas.ts';

const FormatQuery = z.object({ format: z.enum(['xlsx', 'csv', 'csv-gb18030']).optional() });

export const serviceTableRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/places/{place}/services/file',
      summary: '下载志愿服务列表 · The services of a place as a file',
      description: '姓名已脱敏；下载本身会记下来。Names are masked; the download stands in the access log.',
      access: { who: ['staff', 'auditor'], at: (c) => c.req.param('place') },
      request: { params: PlaceParams, query: FormatQuery.extend(StateQuery.shape) },
      responses: { 200: fileAnswer('XLSX 或 CSV 文件 · An XLSX or CSV file', XLSX_TYPE, CSV_TYPE) },
      example: serviceFile,
    }),
    async (c) => {
      const { place } = c.req.valid('param');
      const { format = 'xlsx', state = 'waiting' } = c.req.valid('query');
      const by = {
        id: deps.ids(),
        at: deps.clock(),
        actor: actorText(actorOf(c)),
        action: 'export' as const,
      };
      await logAccess(deps.engine, { ...by, subject: `services:${place}`, place, reason: '' });
      const widths = [10, 10, 16, 12, 8, 14, 12, 8, 14];
      return downloadTable(serviceTable(deps.engine, { place, state }), { name: '志愿服务', format, widths });
    },
  );
