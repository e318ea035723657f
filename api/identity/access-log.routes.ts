/** The access log, for auditors. */
import {
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  maskName,
  newModule,
  pageQuery,
  parsePage,
  refuse,
  route,
  type z,
} from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import * as examples from './access-log.examples.ts';
import {
  AccessLogPageSchema,
  AccessLogQuery,
  LoggedPeopleSchema,
  LoggedPhoneSchema,
} from './access-log.schemas.ts';
import type { IdentityDeps } from './deps.ts';
import { FormatQuery, giveTable, tableAnswer } from './give-table.ts';
import { PlaceParams } from './identity.schemas.ts';
import {
  listAccessLog,
  loggedWithPhone,
  type AccessLogFilter,
  type ListedAccess,
} from './list-access-log.ts';
import { phoneOf } from './phone.schemas.ts';

const AUDITS = ['auditor', 'operator'] as const;

export const accessLogRoutes = (deps: IdentityDeps) => {
  const { engine } = deps;

  async function* rowsOf(place: string, filter: AccessLogFilter): AsyncGenerator<readonly OutCell[]> {
    yield ['时间', '做了什么', '经手人', '经手人编号', '对象', '对象编号', '原因'];
    const pages = everyPage(
      ({ before, limit }) => listAccessLog(engine, { place, ...filter, before, limit }),
      ({ id }) => id,
    );
    for await (const rows of pages)
      yield* rows
        .map(accessView)
        .map(({ at, action, actorName, actor, subjectName, subject, reason }) => [
          ...[at, ACTIONS[action], actorName, actor, subjectName, subject, reason],
        ]);
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/access-log',
        summary: '谁查看、导出、更正过个人信息 · Who saw, took away or changed what of people',
        access: { who: AUDITS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, query: pageQuery(['newest']).extend(AccessLogQuery.shape) },
        responses: { 200: answer(AccessLogPageSchema, '查看记录 · Access log') },
        example: examples.listAccessLog,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listAccessLog(engine, {
          ...{ place: c.req.valid('param').place, ...filterOf(query), limit: page.limit + 1 },
          before: page.after === undefined ? undefined : String(page.after.id),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(accessView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/access-log/phone',
        summary: '按手机号找查看记录里的人 · Who in the access log has a phone',
        access: { who: AUDITS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, body: json(LoggedPhoneSchema) },
        responses: { 200: answer(LoggedPeopleSchema, '有记录的人 · Whoever is in the log') },
        example: examples.loggedWithPhone,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const phone = phoneOf(c.req.valid('json').phone) ?? '';
        return c.json({ people: await loggedWithPhone(engine, { place, phone }) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/access-log/file',
        summary: '下载查看记录 · The access log as a file',
        description: '下载本身也会记下来。The download itself stands in the log.',
        access: { who: AUDITS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, query: FormatQuery.extend(AccessLogQuery.shape) },
        responses: tableAnswer,
        example: examples.accessLogFile,
      }),
      (c) => {
        const { place } = c.req.valid('param');
        const { format, ...query } = c.req.valid('query');
        const of = { subject: 'access-log', place, format, name: '查看记录' };
        return giveTable(deps, c, {
          ...{ ...of, rows: rowsOf(place, filterOf(query)) },
          widths: [24, 14, 12, 44, 12, 44, 40],
        });
      },
    );
};

function filterOf({ action, actor, subject, people }: z.infer<typeof AccessLogQuery>): AccessLogFilter {
  return { action, actor, subject, people: people?.split(',') };
}

function accessView({ id, at, action, actor, actorName, subject, subjectName, reason }: ListedAccess) {
  return {
    ...{ id, at: formatInstant(at), action, actor, actorName: actorName ?? '' },
    ...{ subject, subjectName: maskName(subjectName ?? ''), reason },
  };
}

const ACTIONS: Readonly<Record<ListedAccess['action'], string>> = {
  ...{ unmask: '查看完整姓名、手机号', export: '导出', erase: '删除个人信息', 'sign-in': '设密码' },
  ...{
    'end-role': '结束岗位',
    'date-role': '改岗位的期限',
    invite: '邀请',
    look: '查看积分',
    'read-code': '代读登录码',
    correct: '更正姓名、手机号',
  },
  ...{ 'add-residency': '登记入住', 'end-residency': '登记搬离', 'rename-place': '更正地方名称' },
  'name-firm': '选定小区的物业公司',
  ...{ compare: '核对是否同一个人', 'ask-merge': '申请合并重复的人', merge: '合并重复的人' },
  ...{ 'bind-wechat': '绑定微信', 'unbind-wechat': '解除微信绑定' },
  ...{ 'name-helper': '登记家人代办', 'end-helper': '结束家人代办' },
  'open-file': '打开凭据文件',
};
