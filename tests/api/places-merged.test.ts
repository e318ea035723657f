/** What an approved merge does: nothing is lost, nobody is there twice, and all of it happens or none. */
import { and, eq, inArray } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { isStale } from '../../api/db/index.ts';
import { areTwoPeople, erasePerson } from '../../api/identity/index.ts';
import { findMerge } from '../../api/places/merge-requests.ts';
import { mergeSides } from '../../api/places/merge-sides.ts';
import type { TellPeople } from '../../api/places/tell-people.ts';
import { writeMerge } from '../../api/places/write-merge.ts';
import { codeOf, openBook, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { must } from '../support/demo-programme.ts';
import { mergeTown } from '../support/merge-world.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(await open());
    await openBook(app, 1);
  });
  const town = () => mergeTown(app);

  describe('a merge that a colleague approved', () => {
    it('has brought together houses and posts, and the log tells who did it', async () => {
      const of = await town();
      const { duplicate, keeper, lives, house, acts, community, homesOf, db, tables, person, estate } = of;
      const other = await lives(duplicate, await house('0601'), '2020-01-01', '2021-01-01');
      await acts(keeper, 'leader', community);
      const same = await acts(duplicate, 'leader', community);
      const post = await acts(duplicate, 'member', estate);
      await of.merged();
      const homes = await homesOf(keeper);
      expect(homes.map(({ since, until }) => [since, until])).toEqual(
        expect.arrayContaining([
          ['2024-05-01', null],
          ['2023-01-01', '2024-05-01'],
          ['2020-01-01', '2021-01-01'],
        ]),
      );
      expect(homes).toHaveLength(3);
      expect(homes.find(({ id }) => id === other)).toMatchObject({ version: 2 });
      expect(await homesOf(duplicate)).toEqual([]);
      const { roles, accessLog } = tables;
      const posts = await db
        .select()
        .from(roles)
        .where(inArray(roles.id, [same, post]));
      expect(posts.map((row) => [row.person, row.role, row.validTo !== null])).toEqual(
        expect.arrayContaining([
          [keeper, 'leader', true],
          [keeper, 'member', false],
        ]),
      );
      expect(await person(duplicate)).toMatchObject({
        mergedInto: keeper,
        phone: of.phone('0102'),
        version: 2,
      });
      const both = [`person:${keeper}`, `person:${duplicate}`];
      const log = await db
        .select()
        .from(accessLog)
        .where(and(eq(accessLog.action, 'merge'), inArray(accessLog.subject, both)));
      expect(log.map(({ subject }) => subject).sort()).toEqual(
        [`person:${keeper}`, `person:${duplicate}`].sort(),
      );
      expect(log[0]).toMatchObject({ actor: `person:${of.colleague.id}`, place: estate, reason: '本人核对' });
    });

    it('drops what was there twice and keeps it with the merge', async () => {
      const of = await town();
      const { db, tables, duplicate, keeper, homesOf, lives, house } = of;
      const at = await house('0777');
      await lives(keeper, at, '2020-01-01');
      const twice = await lives(duplicate, at, '2022-01-01');
      const merge = await of.merged();
      expect((await homesOf(keeper)).filter((row) => row.house === at)).toHaveLength(1);
      const { personMerges: t } = tables;
      const [row] = await db.select().from(t).where(eq(t.id, merge));
      expect(row).toMatchObject({
        state: 'approved',
        effects: { residencies: { moved: 1, collapsed: [{ id: twice, house: at, since: '2022-01-01' }] } },
      });
    });

    it('has handed over services, questions, notices and the breaks it saw to', async () => {
      const of = await town();
      const { db, tables, duplicate, keeper, estate } = of;
      const { services, inquiries, notices, deliveries, noticeSettings, breaks } = tables;
      const [service, inquiry, notice, told, fresh] = [
        uuid(),
        uuid(),
        uuid(),
        uuid(),
        { version: 1, createdAt: 1 },
      ];
      const times = { startsAt: 1, endsAt: 2, attendedFrom: 1, attendedTo: 2 };
      const earned = {
        trust: 'scan' as const,
        state: 'no-points' as const,
        points: 0,
        steps: [],
        ruleVersion: '',
      };
      await db.insert(services).values({
        ...{ id: service, ...fresh, place: estate, member: duplicate, type: 'environment' },
        ...{ ...times, ...earned, recordedBy: 'person:x' },
      });
      const open = { desk: 'staff' as const, state: 'open' as const, waits: true, reopened: false };
      await db.insert(inquiries).values({
        ...{ id: inquiry, ...fresh, transaction: 1, member: duplicate, place: estate },
        ...{ ...open, maker: 'person:x', madeAt: 1 },
      });
      const said = { kind: 'expiry-30' as const, facts: { day: '2026-06-30', points: [] } };
      await db.insert(notices).values([
        { id: notice, ...fresh, person: duplicate, event: 'a', ...said },
        { id: told, ...fresh, person: duplicate, event: 'b', ...said },
        { id: uuid(), ...fresh, person: keeper, event: 'b', ...said },
      ]);
      const how = { place: estate, channel: 'desk' as const, state: 'waiting' as const, tries: 0 };
      await db.insert(deliveries).values({ id: uuid(), ...fresh, notice, person: duplicate, ...how });
      await db
        .insert(noticeSettings)
        .values({ id: duplicate, version: 1, channel: 'desk', ways: {} as never, changedAt: 1 });
      const differs = { kind: 'missing-here', differenceFen: 1, proposal: 'firm-corrects' as const };
      await db.insert(breaks).values({
        ...{ id: uuid(), ...fresh, estate, import: uuid(), owner: duplicate, zh: '', en: '' },
        ...{ ...differs, state: 'open' as const },
      });
      await of.merged();
      const owned = await db.select().from(breaks).where(eq(breaks.owner, keeper));
      expect(owned).toMatchObject([{ version: 2 }]);
      const [one] = await db.select().from(services).where(eq(services.id, service));
      const [two] = await db.select().from(inquiries).where(eq(inquiries.id, inquiry));
      expect([one, two]).toMatchObject([
        { member: keeper, version: 2 },
        { member: keeper, version: 2 },
      ]);
      const theirs = await db.select().from(notices).where(eq(notices.person, keeper));
      // And is told that the two are one now.
      expect(theirs.map(({ kind, event }) => `${kind} ${event}`.slice(0, 11)).sort()).toEqual([
        ...['expiry-30 a', 'expiry-30 b', 'merged merg'],
      ]);
      expect(await db.select().from(deliveries).where(eq(deliveries.person, keeper))).toHaveLength(2);
      expect(await db.select().from(noticeSettings).where(eq(noticeSettings.id, keeper))).toHaveLength(1);
    });

    it('leads from the one to the other, and the one is nobody any more', async () => {
      const of = await town();
      const { keeper, duplicate, staff, estate, post } = of;
      await of.merged();
      const get = async (path: string) => (await app.request(`/api/v1${path}`, { by: staff })).json();
      expect(await get(`/people/${duplicate}`)).toMatchObject({
        mergedInto: keeper,
        residencies: [],
        roles: [],
      });
      expect(await get(`/people/${keeper}/namesakes`)).toEqual({ items: [] });
      const found = (await get(`/estates/${estate}/residents?find=%E7%8E%8B`)) as {
        items: { person: string }[];
      };
      expect(found.items.map(({ person }) => person)).toEqual([keeper]);
      expect((await post(`/people/${duplicate}/unmasking`, { reason: '看看' })).status).toBe(404);
      const role = { person: duplicate, role: 'member' };
      expect((await post(`/places/${estate}/roles`, role)).status).toBe(404);
      const pair = await app.request(`/api/v1/people/${keeper}/comparison/${duplicate}`, { by: staff });
      expect(await codeOf(pair)).toBe('person-merged');
      // By the other's name and phone an invitation finds who stayed.
      const invited = await post(`/places/${estate}/invitations`, {
        ...{ name: '王玉兰', phone: of.phone('0102'), role: 'leader' },
      });
      expect(await invited.json()).toMatchObject({ person: keeper });
    });

    it('is not undone by the roster that made the second registration', async () => {
      const of = await town();
      const { db, tables, homesOf, keeper, human, lives, house, asked, approve } = of;
      const typo = { keeper: await human('赵敏', '13900000001'), duplicate: await human('赵民') };
      const at = await house('1301');
      await lives(typo.keeper, at);
      await lives(typo.duplicate, at);
      expect((await approve(await asked(typo))).status).toBe(200);
      await of.merged();
      const before = await db.select().from(tables.people);
      for (const line of [
        `3,2,0501,王玉兰,${of.phone('0102')},业主,,`,
        `3,2,0888,王玉兰,${of.phone('0102')},业主,,`,
        '3,2,1301,赵民,,业主,,',
      ])
        must(await of.roster(line));
      const names = (rows: { name: string | null }[]) => rows.filter(({ name }) => name !== '甲').length;
      expect(names(await db.select().from(tables.people))).toBe(names(before));
      expect((await homesOf(keeper)).length).toBe(3);
    });

    it('erases both when the one who stayed is erased', async () => {
      const of = await town();
      await of.merged();
      const by = { person: of.keeper, by: 'operator:test', place: of.estate, reason: 'asked', logId: uuid() };
      await erasePerson(app.engine, { ...by, now: 5 });
      for (const id of [of.keeper, of.duplicate])
        expect(await of.person(id)).toMatchObject({ name: null, phone: null, erasedAt: 5 });
    });

    it('makes one person of the two in all that needs a second one, whatever was done before', async () => {
      const of = await town();
      const deed = (id: string) => ({ actor: `person:${id}`, at: app.clock.now });
      expect(await areTwoPeople(app.engine, deed(of.duplicate), deed(of.keeper))).toBe(true);
      await of.merged();
      expect(await areTwoPeople(app.engine, deed(of.duplicate), deed(of.keeper))).toBe(false);
    });
  });

  describe('at once', () => {
    it('two colleagues approve one merge: one of them has', async () => {
      const of = await town();
      const { community, asked, approve, homesOf, keeper } = of;
      const third = await app.person({ role: 'staff', place: community });
      const merge = await asked();
      const both = await Promise.all([approve(merge), approve(merge, third)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await homesOf(keeper)).toHaveLength(2);
    });

    it('a roster is taken in beside a merge: nobody who is gone gets a house', async () => {
      const of = await town();
      const { asked, approve, homesOf, duplicate, keeper } = of;
      const merge = await asked();
      const [answer, report] = await Promise.all([
        approve(merge),
        of.roster(`3,2,0999,王玉兰,${of.phone('0102')},业主,,`),
      ]);
      expect('counts' in report).toBe(true);
      // The roster was first, and the colleague has to look again; or it found who stayed.
      if (answer.status !== 200) {
        expect(await codeOf(answer)).toBe('changed-meanwhile');
        expect((await approve(merge)).status).toBe(200);
      }
      expect(await homesOf(duplicate)).toEqual([]);
      expect(await homesOf(keeper)).toHaveLength(3);
    });

    it('an offset that the family pays for the one who goes, after the last look, breaks it off', async () => {
      const of = await town();
      const { asked, keeper, duplicate, staff, community, estate, homesOf, tables } = of;
      const by = {
        kind: 'person' as const,
        person: staff.id,
        roles: [{ role: 'staff' as const, place: community }],
      };
      const { deps } = app.server;
      const request = (await findMerge(app.engine, await asked()))!;
      const sides = must(await mergeSides(deps, by, { keeper, duplicate }));
      const what = { id: uuid(), version: 1, number: 'DK-1', bill: uuid(), billIssue: 1, house: uuid() };
      const paid = {
        item: '物业服务费',
        period: '2026-06',
        valueFen: 100,
        points: {},
        steps: [],
        hold: uuid(),
      };
      await app.engine.db.insert(tables.offsets).values({
        ...{ ...what, ...paid, estate, member: duplicate, state: 'held', ruleVersion: 'x', createdAt: 1 },
      });
      const tell: TellPeople = (engine, _told, writes) => engine.atomically(writes);
      const broken = await writeMerge({ ...deps, tell }, by, { request, sides }).catch(
        (error: unknown) => error,
      );
      expect(isStale(broken, { table: 'person_merges', column: 'state' })).toBe(true);
      expect(await homesOf(duplicate)).toHaveLength(1);
    });

    it('a correction beside a merge is made before it, or refused', async () => {
      const of = await town();
      const { asked, one, post, colleague, duplicate, staff } = of;
      const merge = await asked();
      const { seen } = (await one(merge)).comparison!;
      const json = { version: 1, name: '王钰兰', phone: null };
      const [answer, correction] = await Promise.all([
        post(`/merges/${merge}/approval`, { version: 1, seen }, colleague),
        app.request(`/api/v1/people/${duplicate}`, { method: 'PUT', json, by: staff }),
      ]);
      expect([answer.status, correction.status].filter((status) => status === 200)).toHaveLength(1);
    });
  });
});
