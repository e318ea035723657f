import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { newModule, route } from '../platform/index.ts';
import { serviceTable } from './service-table.ts';
import { serviceFile } from './volunteering.examples.ts';
import { PlaceParams, ServicesQuery } from './volunteering.schemas.ts';

export const serviceTableRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/places/{place}/services/file',
      summary: '下载志愿服务列表 · The services of a place as a file',
      description: '姓名已脱敏；下载本身会记下来。Names are masked; the download stands in the access log.',
      access: { who: ['staff', 'auditor'], at: (c) => c.req.param('place') },
      request: {
        params: PlaceParams,
        query: FormatQuery.extend(ServicesQuery.pick({ state: true, sort: true }).shape),
      },
      responses: tableAnswer,
      example: serviceFile,
    }),
    (c) => {
      const { place } = c.req.valid('param');
      const { format, state = 'waiting', sort = 'newest' } = c.req.valid('query');
      const rows = serviceTable(deps.engine, { place, state, sort });
      const of = { subject: 'services', place, format, name: '志愿服务' };
      return giveTable(deps, c, { ...of, rows, widths: [10, 10, 16, 12, 8, 14, 12, 8, 14] });
    },
  );
