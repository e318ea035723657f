/** Invitations to a post, and the set-up link of a new deployment. */
import {
  answer,
  anybody,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  pageQuery,
  parseInstant,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import type { Instant } from '../platform/index.ts';
import { acceptInvitation, lookAtInvitation, lookAtSetUp, setUp } from './accept-invitation.ts';
import type { IdentityDeps } from './deps.ts';
import { PlaceParams } from './identity.schemas.ts';
import type { Invitation } from './invitation-links.ts';
import * as examples from './invitation.examples.ts';
import * as schemas from './invitation.schemas.ts';
import type { InvitationState } from './invitation.schemas.ts';
import {
  cancelInvitation,
  invite,
  inviteAgain,
  inviteResident,
  listInvitations,
  type Invited,
} from './invite.ts';
import { personActor } from './person-actor.ts';
import { GRANTORS, grantorsOf } from './role-rules.ts';

function stateOf({ usedAt, cancelledAt, endsAt }: Invitation, now: Instant): InvitationState {
  if (usedAt !== null) return 'used';
  if (cancelledAt !== null) return 'cancelled';
  return endsAt <= now ? 'ended' : 'open';
}

function invitedView({ person, canSignIn, invitation, token }: Invited) {
  if (invitation === undefined || token === undefined) return { person, canSignIn };
  return { person, canSignIn, invitation: invitation.id, token, endsAt: formatInstant(invitation.endsAt) };
}

/** For colleagues who invite. */
export const invitationRoutes = (deps: IdentityDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/invitations',
        summary: '邀请同事 · Invite somebody to a post',
        description:
          '同一本账簿里姓名和手机号都对得上的，就是同一个人，只多一个岗位。链接只在这里显示一次，14 天内有效，用一次就失效。\n\nWhoever the book knows by this name and phone is that person, with one more role. The link is told this once, works for 14 days, and once.',
        access: { who: GRANTORS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, body: json(schemas.NewInvitationSchema) },
        responses: { 201: answer(schemas.InvitedSchema, '已邀请 · Invited') },
        problems: ['not-found', 'already-exists', 'phone-taken', 'namesake', 'not-allowed'],
        example: examples.invite,
      }),
      async (c) => {
        const { name = '', phone, person, role, namesake, validFrom, validTo } = c.req.valid('json');
        const now = deps.clock();
        const invited = await invite(deps, personActor(c), {
          who: person === undefined ? { name: name.trim(), phone } : { person },
          ...{ role, namesake, now },
          place: c.req.valid('param').place,
          validFrom: validFrom === undefined ? now : parseInstant(validFrom),
          validTo: validTo === undefined ? null : parseInstant(validTo),
        });
        return isProblem(invited) ? refuse(c, invited) : c.json(invitedView(invited), 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/invitations',
        summary: '一处的邀请 · Invitations to a place',
        access: { who: GRANTORS, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.InvitationsPageSchema, '邀请 · Invitations') },
        example: examples.listInvitations,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const now = deps.clock();
        const rows = await listInvitations(deps.engine, {
          ...{ place: c.req.valid('param').place, limit: page.limit + 1, now },
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = cut.items.map((invitation) => ({
          ...{ id: invitation.id, person: invitation.person ?? '', place: invitation.place },
          ...{ name: invitation.name ?? '', roles: [...invitation.roles], state: stateOf(invitation, now) },
          createdAt: formatInstant(invitation.createdAt),
          endsAt: formatInstant(invitation.endsAt),
        }));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/invitations/{invitation}/renewal',
        summary: '重新发邀请，原来的链接失效 · A new link instead of the old one',
        access: { who: GRANTORS },
        request: { params: schemas.InvitationParams },
        responses: { 201: answer(schemas.InvitedSchema, '新链接 · A new link') },
        problems: ['not-found', 'link-used'],
        example: examples.inviteAgain,
      }),
      async (c) => {
        const { invitation } = c.req.valid('param');
        const invited = await inviteAgain(deps, personActor(c), { invitation, now: deps.clock() });
        return isProblem(invited) ? refuse(c, invited) : c.json(invitedView(invited), 201);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/invitations/{invitation}',
        summary: '收回邀请 · Call an invitation off',
        access: { who: GRANTORS },
        request: { params: schemas.InvitationParams },
        responses: { 204: noContent },
        problems: ['not-found', 'link-used'],
        example: examples.cancelInvitation,
      }),
      async (c) => {
        const { invitation } = c.req.valid('param');
        const refused = await cancelInvitation(deps, personActor(c), { invitation, now: deps.clock() });
        return isProblem(refused) ? refuse(c, refused) : c.body(null, 204);
      },
    );

/** For colleagues who let a resident in. */
export const residentInvitationRoutes = (deps: IdentityDeps) =>
  newModule(deps).openapi(
    route({
      method: 'post',
      path: '/estates/{estate}/residents/{resident}/invitation',
      summary: '请居民开通登录 · Let a resident in',
      description:
        '居民成为本小区成员，可以看自己的积分和账单。链接只在这里显示一次，14 天内有效，用一次就失效；再请一次，原来的链接失效。\n\nThe resident becomes a member of the estate. The link is told this once, works for 14 days, and once; a newer one ends it.',
      access: { who: grantorsOf('member'), at: (c) => c.req.param('estate') },
      request: { params: schemas.ResidentParams },
      responses: { 201: answer(schemas.InvitedSchema, '链接 · A link') },
      problems: ['not-found'],
      example: examples.inviteResident,
    }),
    async (c) => {
      const { estate, resident } = c.req.valid('param');
      const asked = { person: resident, estate, now: deps.clock() };
      const invited = await inviteResident(deps, personActor(c), asked);
      return isProblem(invited) ? refuse(c, invited) : c.json(invitedView(invited), 201);
    },
  );

/** For whoever holds a link and nothing else. */
export const linkRoutes = (deps: IdentityDeps) => {
  const { engine, ids, clock, places } = deps;
  const accepting = { engine, ids, places, auth: deps.identity.auth };
  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/join/look',
        summary: '邀请链接是给谁的 · Whom a link is for',
        access: anybody,
        request: { body: json(schemas.LinkSchema) },
        responses: { 200: answer(schemas.ShownInvitationSchema, '邀请 · Invitation') },
        problems: ['link-unknown', 'link-used', 'link-ended'],
        example: examples.lookAtLink,
      }),
      async (c) => {
        const shown = await lookAtInvitation(engine, { ...c.req.valid('json'), now: clock() });
        if (isProblem(shown)) return refuse(c, shown);
        return c.json({ ...shown, endsAt: formatInstant(shown.endsAt) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/join',
        summary: '接受邀请，设自己的用户名和密码 · Accept an invitation',
        access: anybody,
        request: { body: json(schemas.AcceptInvitationSchema) },
        responses: { 201: answer(schemas.AcceptedSchema, '可以登录了 · Ready to sign in') },
        problems: ['link-unknown', 'link-used', 'link-ended', 'already-exists', 'not-found', 'cross-site'],
        example: examples.acceptInvitation,
      }),
      async (c) => {
        const accepted = await acceptInvitation(accepting, { ...c.req.valid('json'), now: clock() });
        return isProblem(accepted) ? refuse(c, accepted) : c.json(accepted, 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/set-up/look',
        summary: '首次设置的链接还有没有用 · Whether a set-up link still works',
        access: anybody,
        request: { body: json(schemas.LinkSchema) },
        responses: { 204: noContent },
        problems: ['link-unknown', 'link-ended', 'set-up-done'],
        example: examples.lookAtSetUp,
      }),
      async (c) => {
        const refused = await lookAtSetUp(engine, { ...c.req.valid('json'), now: clock() });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/set-up',
        summary: '设第一位管理员 · The first administrator',
        access: anybody,
        request: { body: json(schemas.SetUpSchema) },
        responses: { 201: answer(schemas.AcceptedSchema, '可以登录了 · Ready to sign in') },
        problems: [
          'link-unknown',
          'link-used',
          'link-ended',
          'set-up-done',
          'already-exists',
          'not-found',
          'cross-site',
        ],
        example: examples.setUp,
      }),
      async (c) => {
        const done = await setUp(accepting, { ...c.req.valid('json'), now: clock() });
        return isProblem(done) ? refuse(c, done) : c.json(done, 201);
      },
    );
};
