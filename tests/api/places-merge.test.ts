/** One human who was registered twice: found, compared, asked for by one colleague and decided by another. */
import { and, eq, inArray } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { erasePerson } from '../../api/identity/index.ts';
import { codeOf, openBook, PASSWORD, signIn, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { mergeTown, type Comparison, type Merge } from '../support/merge-world.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(await open());
    await openBook(app, 1);
  });
  const town = () => mergeTown(app);

  describe('who may be the same human', () => {
    it('is suggested masked, the likeliest first, with the homes by which they are told apart', async () => {
      const { keeper, duplicate, human, lives, house, staff, phone } = await town();
      const samePhone = await human('王钰兰', phone('0101'));
      await lives(samePhone, await house('0601'));
      const sameTail = await human('吴亚丽', '13911110101');
      await lives(sameTail, await house('0701'));
      await lives(await human('李建国', '13911112222'), await house('0801'));
      const answer = await app.request(`/api/v1/people/${keeper}/namesakes`, { by: staff });
      const { items } = (await answer.json()) as { items: { person: string; why: string; name: string }[] };
      expect(items.map(({ person, why }) => [person, why])).toEqual([
        [samePhone, 'phone'],
        [duplicate, 'house'],
        [sameTail, 'initials'],
      ]);
      expect(items[1]).toMatchObject({ name: '王*', phone: '138****0102', homes: ['3栋2单元0501'] });
    });

    it('is nobody to colleagues of another place', async () => {
      const { keeper } = await town();
      const stranger = await app.person({ role: 'staff', place: await app.place('estate') });
      const answer = await app.request(`/api/v1/people/${keeper}/namesakes`, { by: stranger });
      expect(answer.status).toBe(404);
    });
  });

  describe('a merge that is asked for', () => {
    it('shows both sides masked and says what will happen, and each look is in the log', async () => {
      const { compare, db, tables, keeper, duplicate, estate, staff } = await town();
      const shown = (await (await compare()).json()) as Comparison;
      expect(shown).toMatchObject({
        keeper: { name: '王*', phone: '138****0101', hasPoints: false },
        alike: { name: true, phone: false },
        plan: { residenciesMoved: 1, residenciesCollapsed: 0, signIn: 'none', phone: false },
      });
      const { accessLog: t } = tables;
      const looks = await db
        .select()
        .from(t)
        .where(and(eq(t.action, 'compare'), inArray(t.subject, [`person:${keeper}`, `person:${duplicate}`])));
      expect(looks.map(({ subject }) => subject).sort()).toEqual(
        [`person:${keeper}`, `person:${duplicate}`].sort(),
      );
      expect(looks[0]).toMatchObject({ actor: `person:${staff.id}`, place: estate });
    });

    it('waits where a colleague finds it, and changes nothing before', async () => {
      const { asked, community, colleague, homesOf, duplicate } = await town();
      const merge = await asked();
      const list = await app.request(`/api/v1/places/${community}/merges`, { by: colleague });
      const { items } = (await list.json()) as { items: Merge[] };
      expect(items).toMatchObject([{ id: merge, state: 'waiting', version: 1 }]);
      expect(await homesOf(duplicate)).toHaveLength(1);
    });

    it('is listed page by page, and not to colleagues of another place', async () => {
      const { asked, community, estate, human, lives, house, colleague } = await town();
      await asked();
      for (let n = 0; n < 2; n++) {
        const pair = { keeper: await human('赵敏'), duplicate: await human('赵敏') };
        const at = await house(`110${n}`);
        await lives(pair.keeper, at);
        await lives(pair.duplicate, at);
        await asked(pair);
      }
      const get = async (query: string) =>
        (await (
          await app.request(`/api/v1/places/${community}/merges?${query}`, { by: colleague })
        ).json()) as { items: Merge[]; next?: string };
      const first = await get('limit=2');
      const second = await get(`limit=2&cursor=${first.next}`);
      expect([...first.items, ...second.items]).toHaveLength(3);
      expect(second.next).toBeUndefined();
      const stranger = await app.person({ role: 'staff', place: await app.place('estate') });
      expect((await app.request(`/api/v1/places/${estate}/merges`, { by: stranger })).status).toBe(404);
    });

    it('waits once for a pair, whichever of the two is to stay', async () => {
      const { ask, asked, keeper, duplicate } = await town();
      await asked();
      expect(await codeOf(await ask())).toBe('merge-waits');
      expect(await codeOf(await ask({ keeper: duplicate, duplicate: keeper }))).toBe('merge-waits');
    });

    it('of somebody with themselves, of another book’s people and of places beyond the colleague’s is refused', async () => {
      const { ask, keeper, duplicate, human, lives, house, acts, compare } = await town();
      expect((await compare({ keeper, duplicate: keeper })).status).toBe(422);
      const abroad = await app.place('estate', '', 2);
      const foreign = await human('王玉兰', '13800000009');
      await lives(foreign, await house('0501', abroad));
      const operator = await app.person({ role: 'operator', place: '' });
      const nobody = await compare({ keeper, duplicate: uuid() }, operator);
      const other = await compare({ keeper, duplicate: foreign }, operator);
      expect([other.status, await other.text()]).toEqual([404, await nobody.text()]);
      await acts(duplicate, 'staff', await app.place('community'));
      expect((await ask(undefined, undefined, 'x'.repeat(43))).status).toBe(403);
    });

    it('is refused where something of the two changed since it was looked at', async () => {
      const { ask, seen, lives, duplicate, house } = await town();
      const then = await seen();
      await lives(duplicate, await house('0901'));
      expect(await codeOf(await ask(undefined, undefined, then))).toBe('changed-meanwhile');
    });

    it('of somebody erased is refused', async () => {
      const { compare, duplicate, estate } = await town();
      const by = { person: duplicate, by: 'operator:test', place: estate, reason: 'asked', logId: uuid() };
      await erasePerson(app.engine, { ...by, now: 1 });
      expect(await codeOf(await compare())).toBe('person-erased');
    });
  });

  describe('points', () => {
    it('of both stand in the way of a merge, and nothing is lost', async () => {
      const { credit, compare, ask, seen, keeper, duplicate, homesOf } = await town();
      for (const member of [keeper, duplicate]) await credit(member);
      expect(((await (await compare()).json()) as Comparison).against?.code).toBe('both-have-points');
      expect(await codeOf(await ask(undefined, undefined, await seen()))).toBe('both-have-points');
      expect([await homesOf(keeper), await homesOf(duplicate)].map(({ length }) => length)).toEqual([1, 1]);
    });

    it('of the one to be merged away: the other one has to stay, and then it works', async () => {
      const { credit, ask, asked, approve, keeper, duplicate, homesOf } = await town();
      await credit(duplicate);
      expect(await codeOf(await ask())).toBe('keep-the-other');
      const merge = await asked({ keeper: duplicate, duplicate: keeper });
      expect((await approve(merge)).status).toBe(200);
      expect(await homesOf(keeper)).toEqual([]);
    });

    it('that came while the merge waited stop its approval', async () => {
      const { credit, asked, approve, one, post, colleague, duplicate, homesOf } = await town();
      const merge = await asked();
      const { comparison } = await one(merge);
      await credit(duplicate);
      const json = { version: 1, seen: comparison!.seen };
      expect(await codeOf(await post(`/merges/${merge}/approval`, json, colleague))).toBe('keep-the-other');
      expect((await approve(merge)).status).toBe(409);
      expect(await homesOf(duplicate)).toHaveLength(1);
    });
  });

  describe('the second person', () => {
    it('is not the one who asked, nor whoever chose their password, nor one of the two', async () => {
      const { ask, asked, approve, one, post, community, colleague, staff } = await town();
      const merge = await asked();
      expect(await codeOf(await approve(merge, staff))).toBe('second-person-needed');
      const operator = await app.person({ role: 'operator', place: community });
      // The operator chose the colleague's password, and could be the one who approves.
      const username = `c${colleague.id.slice(-12)}`;
      const json = { username, password: PASSWORD };
      const path = `/api/v1/people/${colleague.id}/sign-in`;
      expect((await app.request(path, { method: 'PUT', by: operator, json })).status).toBe(204);
      const chosen = { ...colleague, headers: { cookie: await signIn(app.request, username) } };
      expect((await post(`/merges/${merge}/withdrawal`, { version: 1 })).status).toBe(200);
      const answer = await ask(undefined, operator);
      const second = ((await answer.json()) as { id: string }).id;
      const { comparison } = await one(second, operator);
      const approval = { version: 1, seen: comparison!.seen };
      expect(await codeOf(await post(`/merges/${second}/approval`, approval, chosen))).toBe(
        'second-person-needed',
      );
      expect((await post(`/merges/${second}/approval`, approval)).status).toBe(200);
    });

    it('may be neither of the two who are merged', async () => {
      const { ask, human, lives, house, community, post, one } = await town();
      const twice = await app.person({ role: 'staff', place: community });
      const again = await human('王玉兰');
      await lives(again, await house('1201'));
      const pair = { keeper: twice.id, duplicate: again };
      const operator = await app.person({ role: 'operator', place: community });
      expect(await codeOf(await ask(pair, twice, 'x'.repeat(43)))).toBe('second-person-needed');
      const seen = (
        (await (
          await app.request(`/api/v1/people/${twice.id}/comparison/${again}`, { by: operator })
        ).json()) as Comparison
      ).seen;
      const answer = await ask(pair, operator, seen);
      const merge = ((await answer.json()) as { id: string }).id;
      const json = { version: 1, seen };
      expect(await codeOf(await post(`/merges/${merge}/approval`, json, twice))).toBe('second-person-needed');
      const refusal = { version: 1, answer: '不是我' };
      expect(await codeOf(await post(`/merges/${merge}/refusal`, refusal, twice))).toBe(
        'second-person-needed',
      );
      expect((await one(merge, operator)).state).toBe('waiting');
    });

    it('refuses with a reason, and whoever asked takes it back; nothing is decided twice', async () => {
      const { asked, post, colleague, staff, approve, one } = await town();
      const merge = await asked();
      const withdrawn = { version: 1 };
      expect(await codeOf(await post(`/merges/${merge}/withdrawal`, withdrawn, colleague))).toBe(
        'not-allowed',
      );
      const answer = await post(`/merges/${merge}/refusal`, { version: 1, answer: '是父子' }, colleague);
      expect(answer.status).toBe(200);
      expect(await codeOf(await approve(merge))).toBe('merge-decided');
      const second = await asked();
      expect((await post(`/merges/${second}/withdrawal`, withdrawn, staff)).status).toBe(200);
      expect((await one(second)).state).toBe('withdrawn');
    });

    it('is asked for by an auditor where one of the two has checked the other’s work', async () => {
      const { db, tables, compare, ask, seen, keeper, duplicate, estate } = await town();
      const at = { id: uuid(), version: 1, place: estate, member: uuid(), type: 'environment', createdAt: 1 };
      const times = { startsAt: 1, endsAt: 2, attendedFrom: 1, attendedTo: 2 };
      const doneBy = { recordedBy: `person:${keeper}`, ratedBy: `person:${duplicate}` };
      const told = {
        trust: 'scan' as const,
        state: 'rejected' as const,
        points: 0,
        steps: [],
        ruleVersion: '',
      };
      await db.insert(tables.services).values({ ...at, ...times, ...doneBy, ...told });
      expect(((await (await compare()).json()) as Comparison).against?.code).toBe('checked-each-other');
      expect(await codeOf(await ask(undefined, undefined, await seen()))).toBe('checked-each-other');
    });

    it('is refused where one of the two is recorded as dead and the other is not, until both are', async () => {
      const { compare, ask, asked, seen, db, tables, keeper, duplicate, homesOf, approve } = await town();
      const { residencies: t } = tables;
      const dies = async (person: string) => {
        const [home] = await homesOf(person);
        const set = { until: '2026-06-01', endReason: 'death' as const, version: home!.version + 1 };
        await db.update(t).set(set).where(eq(t.id, home!.id));
      };
      const merge = await asked();
      await dies(duplicate);
      expect(((await (await compare()).json()) as Comparison).against?.code).toBe('one-has-died');
      expect(await codeOf(await approve(merge))).toBe('one-has-died');
      await db
        .update(tables.personMerges)
        .set({ state: 'withdrawn' })
        .where(eq(tables.personMerges.id, merge));
      const other = { keeper: duplicate, duplicate: keeper };
      expect(await codeOf(await ask(other, undefined, await seen(other)))).toBe('one-has-died');
      await dies(keeper);
      expect((await approve(await asked())).status).toBe(200);
      expect((await homesOf(keeper)).map(({ endReason }) => endReason)).toContain('death');
    });
  });
});
