/** One person as colleagues work with them: masked, with a reason in full, corrected, and at home somewhere by the day. */
import type { Context } from 'hono';
import { correctPerson, logAccess, personActor } from '../identity/index.ts';
import {
  actorText,
  answer,
  isProblem,
  json,
  newModule,
  mayAt,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { addResidency, endResidency } from './change-residency.ts';
import { findHouse } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { findResidency, isPresent, knownPerson } from './known-person.ts';
import * as examples from './person.examples.ts';
import * as schemas from './person.schemas.ts';
import { personViewer } from './person.views.ts';
import type { TellPeople } from './tell-people.ts';

const SEES = ['operator', 'staff', 'auditor'] as const;
const WORKS = ['operator', 'staff'] as const;

export const personRoutes = (deps: ProductDeps & { readonly tell: TellPeople }) => {
  const { engine, places, ids, clock } = deps;
  const personView = personViewer(deps);
  const estateOfResidency = async (c: Context): Promise<string | undefined> =>
    (await findResidency(engine, c.req.param('residency') ?? ''))?.at.estate;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/people/{person}',
        summary: '一个人：脱敏的姓名、房屋和岗位 · One person, masked, with houses and roles',
        description:
          '只看得到自己负责的地方的房屋和岗位。Only the houses and roles of places where the reader acts.',
        access: { who: SEES },
        request: { params: schemas.PersonParams },
        responses: { 200: answer(schemas.KnownPersonSchema, '一个人 · One person') },
        problems: ['not-found'],
        example: examples.onePerson,
      }),
      async (c) => {
        const asked = { person: c.req.valid('param').person, who: SEES };
        const known = await knownPerson(deps, personActor(c), asked);
        return known ? c.json(await personView(known), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/people/{person}/unmasking',
        summary: '查看完整姓名和手机号，要写明原因 · The name and phone in full, with a reason',
        description: '每次查看都会记下来。Each look stands in the access log.',
        access: { who: WORKS },
        request: { params: schemas.PersonParams, body: json(schemas.UnmaskSchema) },
        responses: { 200: answer(schemas.UnmaskedSchema, '完整的姓名和手机号 · In full') },
        problems: ['not-found'],
        example: examples.unmask,
      }),
      async (c) => {
        const by = personActor(c);
        const known = await knownPerson(deps, by, { person: c.req.valid('param').person, who: WORKS });
        if (!known || !isPresent(known.person)) return refuse(c, problem('not-found'));
        const { person, residencies, roles } = known;
        const { reason } = c.req.valid('json');
        const place = residencies.at(-1)?.at.estate ?? roles.at(-1)?.place ?? '';
        const log = { id: ids(), at: clock(), actor: actorText(by), action: 'unmask' as const };
        await logAccess(engine, { ...log, subject: `person:${person.id}`, place, reason });
        const { name, phone } = person;
        return c.json({ name: name ?? '', ...(phone === null ? {} : { phone }) }, 200);
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/people/{person}',
        summary: '更正姓名、手机号 · Correct a name or a phone',
        access: { who: WORKS },
        request: { params: schemas.PersonParams, body: json(schemas.CorrectPersonSchema) },
        responses: { 200: answer(schemas.VersionSchema, '已更正 · Corrected') },
        problems: ['not-found', 'changed-meanwhile', 'phone-taken', 'phone-shared'],
        example: examples.correctPerson,
      }),
      async (c) => {
        const { name, sharedPhone = false, ...said } = c.req.valid('json');
        const { person } = c.req.valid('param');
        const input = { person, ...said, sharedPhone, name: name.trim(), now: clock() };
        const done = await correctPerson(deps, personActor(c), input);
        return isProblem(done) ? refuse(c, done) : c.json(done, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/people/{person}/residencies',
        summary: '登记这个人住进一套房屋 · A person comes to belong to a house',
        access: { who: WORKS },
        request: { params: schemas.PersonParams, body: json(schemas.NewResidencySchema) },
        responses: { 201: answer(schemas.ResidencyAddedSchema, '已登记 · Added') },
        problems: ['not-found', 'already-exists'],
        example: examples.addResidency,
      }),
      async (c) => {
        const by = personActor(c);
        const { person } = c.req.valid('param');
        const { house: id, relation, since, until = null } = c.req.valid('json');
        const known = await knownPerson(deps, by, { person, who: WORKS });
        const house = await findHouse(engine, id);
        if (!known || !isPresent(known.person) || !house) return refuse(c, problem('not-found'));
        if (!(await mayAt(by, WORKS, house.estate, places))) return refuse(c, problem('not-found'));
        const added = await addResidency(deps, by, { person, house, relation, since, until });
        return isProblem(added) ? refuse(c, added) : c.json(added, 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/residencies/{residency}/ending',
        summary: '卖房、搬走、去世：不再属于这套房 · A person no longer belongs to a house',
        access: { who: WORKS, at: estateOfResidency },
        request: { params: schemas.ResidencyParams, body: json(schemas.EndResidencySchema) },
        responses: { 200: answer(schemas.VersionSchema, '已登记 · Ended') },
        problems: ['changed-meanwhile', 'already-exists', 'second-person-needed', 'not-allowed'],
        example: examples.endResidency,
      }),
      async (c) => {
        const { residency } = c.req.valid('param');
        const done = await endResidency(deps, personActor(c), { residency, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(done, 200);
      },
    );
};
