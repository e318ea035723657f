import { DaySchema, IdSchema, InstantSchema, pageOf, say, text, z } from '../platform/index.ts';

export const HelperParams = z.object({ helper: IdSchema });
export const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });

const MaySchema = z.enum(['view', 'spend']).openapi({
  description: '只能看 view，也可以用积分 spend · To look only, or to use points too',
});
const UntilSchema = DaySchema.optional().openapi({
  description:
    '从这一天起不再有效；不写是一年，最长三年 · The first day on which it no longer holds: a year from now if not given, three at most',
});
const DigitsSchema = z
  .string()
  .max(20)
  .refine(
    (typed) => /^\d{8}$/.test(digitsIn(typed)),
    say('代办码是 8 位数字', 'A helper’s code has eight digits'),
  )
  .openapi({ example: '2046 8135' });

/** As it is read out and typed: spaces do not count. */
export function digitsIn(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '');
}

const NamedSchema = z.object({
  id: z.string(),
  name: z.string().openapi({ example: '李*', description: 'Masked.' }),
});

export const ConsentSchema = z
  .object({
    id: z.string(),
    principal: NamedSchema.openapi({ description: '请人代办的居民 · Whom it is for' }),
    helper: NamedSchema.openapi({ description: '代办的家人 · Who may act' }),
    may: MaySchema,
    since: DaySchema,
    lastDay: DaySchema,
    given: z.enum(['house', 'code', 'paper']).openapi({
      description:
        '在同住的人里选的、凭代办码、社区按签字的单子登记 · Chosen among the household, by a code, or on paper at the desk',
    }),
    paper: z.string().optional(),
    state: z.enum(['standing', 'ended', 'over']).openapi({
      description: '有效、提前结束了、到期了 · Holds, was ended, or its days are over',
    }),
    endedAt: InstantSchema.optional(),
  })
  .openapi('HelperConsent');
export const ConsentsSchema = pageOf(ConsentSchema);

export const HousematesSchema = z
  .object({
    items: z.array(
      NamedSchema.extend({ relation: z.enum(['owner', 'family', 'tenant']), house: z.string() }),
    ),
  })
  .openapi('Housemates');

export const NewHelperSchema = z
  .strictObject({
    person: IdSchema.optional().openapi({ description: '同住的人 · Somebody of the house' }),
    code: DigitsSchema.optional().openapi({
      description: '家人出示的代办码 · The code that the relative shows',
    }),
    may: MaySchema,
    until: UntilSchema,
  })
  .refine(({ person, code }) => (person === undefined) !== (code === undefined), {
    path: ['person'],
    error: say('请选一位家人，或者输入代办码', 'Choose a person, or give a code'),
  })
  .openapi('NewHelper');

export const HelperOnPaperSchema = z
  .strictObject({
    helper: IdSchema,
    may: MaySchema,
    until: UntilSchema,
    paper: text(40).openapi({
      example: '代-2026-017',
      description: '签字单子的编号 · The number of the signed paper',
    }),
  })
  .openapi('HelperOnPaper');

export const HelperCodeSchema = z
  .object({ digits: z.string().openapi({ example: '2046 8135' }), endsAt: InstantSchema })
  .openapi('HelperCode');
export const TypedCodeSchema = z.strictObject({ code: DigitsSchema }).openapi('TypedHelperCode');
export const ReadCodeSchema = z
  .object({ name: z.string().openapi({ example: '李*', description: 'Masked.' }) })
  .openapi('ReadHelperCode');
