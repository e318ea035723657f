/**
 * What would change if: a dry run of a draft over a past month. It is asked with POST for its size; nothing is kept. How
 * far it is, the process that counts says: behind several processes another one may be asked, and knows of none.
 */
import { newTurns } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorOf, actorText, answer, isProblem, json, newModule, refuse, route } from '../platform/index.ts';
import * as examples from './rule.examples.ts';
import * as schemas from './rule.schemas.ts';
import { newTrialsUnderWay } from './trials-under-way.ts';
import { tryRule, type Trial } from './try-rule.ts';

const TRIERS = ['staff', 'leader', 'operator'] as const;

const inWords = ({ before, after }: { before: number; after: number }) => ({
  before: String(before),
  after: String(after),
});

function trialView({ sums, people, funds, units, booked, ...counts }: Trial, measure: 'points' | 'fen') {
  const { more, less, same } = sums.people;
  return {
    ...{ measure, count: sums.count, ...counts, booked: String(booked), ...inWords(sums) },
    byType: sums.byType.map(({ type, count, ...of }) => ({ type, count, ...inWords(of) })),
    people: { more, less, same, top: people.map(({ name, ...of }) => ({ name, ...inWords(of) })) },
    funds: funds.map(({ fund, name, unit, rateMicro, unissued, ...of }) => ({
      ...{ fund, name, unit, rateMicro: String(rateMicro), unissued: String(unissued) },
      ...inWords(of),
    })),
    units: units.map(({ unit, ...of }) => ({ unit, ...inWords(of) })),
  };
}

export const trialRoutes = (deps: ProductDeps) => {
  const turns = newTurns();
  const underWay = newTrialsUnderWay();
  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/rule-trials',
        summary: '试算：换成这份规则会怎样 · What would change if',
        access: { who: TRIERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.TrySchema) },
        responses: { 200: answer(schemas.TrialSchema, '试算结果，什么也没有写 · Nothing is written') },
        problems: ['trial-too-large'],
        example: examples.tryRule,
      }),
      async (c) => {
        const { body, month } = c.req.valid('json');
        const { place } = c.req.valid('param');
        // A trial keeps a month of a street in memory: of one book, one after the other.
        const book = String(await deps.places.bookOf(place));
        const who = `${actorText(actorOf(c))} ${place}`;
        const progress = underWay.begin(who);
        const counted = turns(book, () => {
          progress.count(0);
          return tryRule(deps, { place, body, month }, progress.count);
        });
        const trial = await counted.finally(progress.end);
        if (isProblem(trial)) return refuse(c, trial);
        return c.json(trialView(trial, body.kind === 'offset' ? 'fen' : 'points'), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/rule-trials/progress',
        summary: '试算到哪里了 · How far my trial is',
        access: { who: TRIERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.TrialProgressSchema, '进度 · Progress') },
        example: examples.trialProgress,
      }),
      (c) => {
        const who = `${actorText(actorOf(c))} ${c.req.valid('param').place}`;
        return c.json(underWay.of(who), 200);
      },
    );
};
