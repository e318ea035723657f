/** A firm's rule of offsets is set once at the firm: it holds in every estate that it serves, as long as it does. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoOffsetRule } from '../../api/fees/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { findRule, publishRule, rulesAlong, startOfDay } from '../../api/programme/index.ts';
import { rulesInForce } from '../../api/programme/rules-in-force.ts';
import { placesGoverned } from '../../api/rulebook/places-governed.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { ok, openFeesWorld, type FeesWorld } from '../support/fees-world.ts';

eachEngine((_name, open) => {
  describe('the rule of a firm', () => {
    let world: FeesWorld;
    let firm: string;
    const ids: Record<string, string> = {};
    const publish = async (place: string, maxShare: string, from: string) => {
      const said = { kind: 'offset' as const, reason: maxShare, actor: 'test' };
      const body = { ...demoOffsetRule, maxShare };
      ok(await publishRule(world.deps, { ...said, place, body, validFrom: startOfDay(from) }));
    };
    const shareOn = async (estate: string, day: string) => {
      const of = { kind: 'offset' as const, place: ids[estate]!, at: startOfDay(day) };
      return (await findRule(world.deps, of))?.body['maxShare'];
    };

    beforeAll(async () => {
      world = await openFeesWorld(await startApp(await open()));
      const { deps, community } = world;
      const add = async (kind: 'firm' | 'estate', name: string) =>
        ok(await addPlace(deps, { book: 1, parent: community.id, kind, name })).id;
      firm = await add('firm', '甲物业');
      const next = await add('firm', '乙物业');
      const serves = async (estate: string, of: string, since: string, until: string | null) => {
        const row = { id: uuid(), version: 1, reason: '', namedBy: 'test', createdAt: 0 };
        await world.app.engine.db
          .insert(world.app.engine.tables.estateFirms)
          .values({ ...row, estate: ids[estate]!, firm: of, since, until });
      };
      for (const estate of ['东苑', '西苑']) {
        ids[estate] = await add('estate', estate);
        await serves(estate, firm, '2026-01-01', '2026-08-01');
        await serves(estate, next, '2026-08-01', null);
      }
      await publish(firm, '0.5', '2026-07-01');
    });

    it('holds in all its estates from its day, before the community’s, and ends with the firm', async () => {
      for (const estate of Object.keys(ids)) {
        expect(await shareOn(estate, '2026-06-30')).toBe('0.3');
        expect(await shareOn(estate, '2026-07-01')).toBe('0.5');
        expect(await shareOn(estate, '2026-07-31')).toBe('0.5');
        expect(await shareOn(estate, '2026-08-01')).toBe('0.3');
      }
      const { estate, deps } = world;
      const other = await findRule(deps, { kind: 'offset', place: estate.id, at: startOfDay('2026-07-10') });
      expect(other?.body['maxShare']).toBe('0.3');
    });

    it('is told with its days where a month’s rules are shown, and gives way to the estate’s own', async () => {
      const period = { from: startOfDay('2026-06-01'), to: startOfDay('2026-09-01') };
      const shown = async () =>
        (await rulesInForce(world.deps, { place: ids['东苑']!, ...period })).map(
          ({ body, until }) => [body['maxShare'], until] as const,
        );
      expect(await shown()).toEqual([
        ['0.3', startOfDay('2026-07-01')],
        ['0.5', startOfDay('2026-08-01')],
        ['0.3', undefined],
      ]);
      await publish(ids['东苑']!, '0.2', '2026-07-15');
      expect((await shown()).map(([share]) => share)).toEqual(['0.3', '0.5', '0.2']);
      expect(await shareOn('东苑', '2026-07-20')).toBe('0.2');
      const at = startOfDay('2026-07-20');
      const along = await rulesAlong(world.deps, { kind: 'offset', place: ids['西苑']!, at });
      expect(along.map(([newest]) => newest?.body['maxShare'])).toEqual([undefined, '0.5', '0.3']);
    });

    it('is tried on what it would decide about', async () => {
      const of = { place: firm, kind: 'offset' as const, at: startOfDay('2026-07-20'), most: 100 };
      const found = await placesGoverned(world.deps, of);
      expect(found).toEqual({ places: [firm, ids['西苑']], ownRule: 1 });
      const all = await placesGoverned(world.deps, { ...of, place: world.community.id });
      expect(all?.places).not.toContain(ids['西苑']);
      expect(all?.places).toContain(world.estate.id);
    });
  });
});
