/** person: what the law lets somebody ask for, done at a terminal, with its reason in the log. */
import { parseArgs } from 'node:util';
import { v7 as uuid } from 'uuid';
import { erasePerson, findPerson } from '../identity/index.ts';
import type { Engine } from '../db/index.ts';
import { createPlaces } from '../places/index.ts';
import { EVERYWHERE, isProblem, maskName } from '../platform/index.ts';
import { memberPoints } from '../programme/index.ts';
import { fail, say, withEngine, type Command } from './command.ts';

/** What stands in the records of an erasure. */
const OPERATOR = 'operator:cli';
const MOST_OF_REASON = 200;

/** Without `--yes` it only says whom it would erase, and what they still have. */
async function erase(engine: Engine, [id, ...args]: readonly string[]): Promise<void> {
  const options = { reason: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const reason = values.reason?.trim() ?? '';
  if (!id || reason === '' || reason.length > MOST_OF_REASON) {
    return fail(
      `请写明这个人的编号，并用 --reason 写原因（最多 ${MOST_OF_REASON} 字）`,
      `name the person by id, and say why with --reason (at most ${MOST_OF_REASON} characters)`,
      2,
    );
  }
  const named = await findPerson(engine, id);
  // Of somebody who was registered twice all rows go, whichever of them was named.
  const person = named?.mergedInto ? await findPerson(engine, named.mergedInto) : named;
  if (!person) return fail(`没有这个人：${id}`, `there is no such person: ${id}`);
  if (person.erasedAt !== null) return say(`个人信息早已删除 · Erased before: ${person.id}`);
  const places = createPlaces(engine);
  const now = Date.now();
  const tail = person.phone === null ? '' : ` ${person.phone.slice(-4)}`;
  say(`${maskName(person.name ?? '')}${tail} (${person.id})`);
  for (const book of await places.booksOf(person.id)) {
    for (const { unit, available, pending, held } of await memberPoints(engine, {
      book,
      member: person.id,
      now,
    })) {
      const left = available + pending + held;
      if (left === 0) continue;
      say(
        `还有 ${left} ${unit}，删除以后不能再用，到期作废 · ${left} ${unit} left, which nobody can use any more`,
      );
    }
  }
  if (!values.yes) {
    return say(
      `会删除姓名、手机号、登录、岗位、代办和问答；账目只留编号。确定要删，请再加 --yes（不能撤销）\nName, phone, sign-in, posts, consents and questions would go; the ledger keeps an id alone. To do it, add --yes: it cannot be undone`,
    );
  }
  const [home = EVERYWHERE] = await places.homesOf(person.id, now);
  const done = await erasePerson(engine, {
    ...{ person: person.id, by: OPERATOR, place: home, reason, logId: uuid(), now },
  });
  if (isProblem(done)) return fail(`没有删除：${done.code}`, `not erased: ${done.code}`);
  say(`个人信息已删除 · Erased: ${person.id}`);
}

export const person: Command = {
  name: 'person',
  summary: { zh: '应本人要求删除个人信息', en: 'erase somebody’s personal data on their request' },
  usage: [
    'linli person erase ID --reason 本人书面申请 [--yes]',
    '  编号在这个人的页面网址里 · the id is in the address of the person’s page',
  ].join('\n  '),
  run: ([verb, ...args]) =>
    withEngine(async (engine) => {
      if (verb === 'erase') return erase(engine, args);
      return fail('请写 erase', 'say erase', 2);
    }),
};
