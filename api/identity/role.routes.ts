import { eq } from 'drizzle-orm';
import {
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  maskName,
  newModule,
  noContent,
  pageQuery,
  parseInstant,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import type { PersonActor, Role } from '../platform/index.ts';
import type { IdentityDeps } from './deps.ts';
import {
  DateRoleSchema,
  GrantRoleSchema,
  MeSchema,
  PlaceParams,
  RoleParams,
  RoleSchema,
  RolesPageSchema,
  RolesQuery,
} from './identity.schemas.ts';
import { findPerson } from './people.ts';
import { personActor } from './person-actor.ts';
import { GRANTORS, rolesToGive } from './role-rules.ts';
import { FormatQuery, giveTable, tableAnswer } from './give-table.ts';
import { roleTable } from './role-table.ts';
import { listRoles, type ListedRole } from './list-roles.ts';
import { dateRole, endRole, grantRole } from './roles.ts';
import type { GrantedRole } from './roles.ts';
import * as examples from './role.examples.ts';

const SEES_ROLES = ['operator', 'staff', 'merchant_manager', 'auditor'] as const;

export const roleRoutes = (deps: IdentityDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me',
        summary: '我是谁、有哪些岗位 · Who am I',
        access: { signedIn: true },
        responses: { 200: answer(MeSchema, '我 · Me') },
        example: examples.me,
      }),
      async (c) => {
        const { person, roles } = personActor(c);
        const { users } = deps.engine.tables;
        const [user] = await deps.engine.reader
          .select({ username: users.username })
          .from(users)
          .where(eq(users.id, person));
        const name = (await findPerson(deps.engine, person))?.name ?? '';
        const me = { id: person, name, username: user?.username ?? '' };
        return c.json({ person: me, roles: [...roles] }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/roles',
        summary: '一处的全部岗位 · Roles at a place',
        access: { who: SEES_ROLES, at: (c) => c.req.param('place') },
        request: {
          params: PlaceParams,
          query: pageQuery(['granted', 'newest']).extend(RolesQuery.shape),
        },
        responses: { 200: answer(RolesPageSchema, '岗位 · Roles') },
        example: examples.listRoles,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'granted');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const by = personActor(c);
        const { state, role, name } = query;
        const wanted = { place, state, role, name, now: deps.clock() };
        const newestFirst = page.sort === 'newest';
        const limits = { limit: page.limit + 1, after: page.after, newestFirst };
        const rows = await listRoles(deps.engine, { ...wanted, ...limits });
        const { items, ...next } = cutPage(page, rows, (row) => ({ value: '', id: row.id }));
        const may = await rolesToGive(deps, by, place);
        return c.json({ items: items.map((row) => listedView(row, may)), ...next, mayGive: may }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/roles/file',
        summary: '下载一处的岗位 · The roles at a place as a file',
        description:
          '筛选与列表相同；下载会记入查看记录。Filtered as the list is; a download stands in the access log.',
        access: { who: SEES_ROLES, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, query: FormatQuery.extend(RolesQuery.shape) },
        responses: tableAnswer,
        example: examples.rolesFile,
      }),
      (c) => {
        const { place } = c.req.valid('param');
        const { format, ...filter } = c.req.valid('query');
        const of = { subject: 'roles', place, format, name: '岗位名册' };
        return giveTable(deps, c, {
          ...of,
          rows: roleTable(deps.engine, { place, ...filter, now: deps.clock() }),
          widths: [14, 18, 14, 14, 14],
        });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/roles',
        summary: '授予岗位 · Give a role',
        access: { who: GRANTORS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, body: json(GrantRoleSchema) },
        responses: { 201: answer(RoleSchema, '已授予 · Given') },
        problems: ['not-found', 'already-exists'],
        example: examples.giveRole,
      }),
      async (c) => {
        const { person, role, validFrom, validTo } = c.req.valid('json');
        const granted = await grantRole(deps, personActor(c), {
          id: deps.ids(),
          person,
          role,
          place: c.req.valid('param').place,
          validFrom: validFrom === undefined ? deps.clock() : parseInstant(validFrom),
          validTo: validTo === undefined ? null : parseInstant(validTo),
          now: deps.clock(),
        });
        return isProblem(granted) ? refuse(c, granted) : c.json(roleView(granted), 201);
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/roles/{grant}',
        summary: '改岗位的期限 · Set another end for a role',
        access: { who: GRANTORS },
        request: { params: RoleParams, body: json(DateRoleSchema) },
        responses: { 200: answer(RoleSchema, '已改 · Set') },
        problems: [
          'not-found',
          'already-done',
          'already-exists',
          'changed-meanwhile',
          'second-person-needed',
        ],
        example: examples.dateRole,
      }),
      async (c) => {
        const { validTo } = c.req.valid('json');
        const dated = await dateRole(deps, personActor(c), {
          id: c.req.valid('param').grant,
          validTo: validTo === null ? null : parseInstant(validTo),
          logId: deps.ids(),
          now: deps.clock(),
        });
        return isProblem(dated) ? refuse(c, dated) : c.json(roleView(dated), 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/roles/{grant}',
        summary: '结束岗位 · End a role',
        access: { who: GRANTORS },
        request: { params: RoleParams },
        responses: { 204: noContent },
        problems: ['not-found', 'changed-meanwhile'],
        example: examples.endRole,
      }),
      async (c) => {
        const refused = await endRole(deps, personActor(c), {
          id: c.req.valid('param').grant,
          logId: deps.ids(),
          now: deps.clock(),
        });
        return isProblem(refused) ? refuse(c, refused) : c.body(null, 204);
      },
    );

function roleView({ validFrom, validTo, role, ...rest }: GrantedRole) {
  return {
    ...rest,
    role: role as PersonActor['roles'][number]['role'],
    validFrom: formatInstant(validFrom),
    ...(validTo !== null && { validTo: formatInstant(validTo) }),
  };
}

/** Colleagues are named in full, residents masked. */
function listedView({ name, grantor, ...role }: ListedRole, may: readonly Role[]) {
  const view = roleView(role);
  return {
    ...view,
    name: name === null ? '' : view.role === 'member' ? maskName(name) : name,
    grantedBy: grantor ?? '',
    endable: may.includes(view.role),
  };
}
