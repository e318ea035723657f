import { FILE_TYPES } from '../../attachments/index.ts';
import { UploadQuery } from '../../places/index.ts';
import { IdSchema, InstantSchema, pageOf, text, z } from '../../platform/index.ts';
import { FoundBreakShape } from '../fees.schemas.ts';
import { OFFSET_STATES } from '../offsets.ts';
import { BREAKS_ONLY } from '../list-breaks.ts';
import { BREAK_KINDS } from '../reconcile/reconciliation.ts';
import { RESOLUTIONS, REVERSAL } from '../reconcile/resolutions.ts';
import { NO_UNDO } from '../reconcile/undo.ts';
import { MOST_ACCEPTED } from './accept-breaks.ts';
import { BREAK_EVENTS, SAID } from './break-events.ts';

const BREAK_STATES = ['open', 'resolved'] as const;

export const AttachmentParams = z.object({ break: IdSchema, attachment: IdSchema });
export const AttachQuery = UploadQuery.pick({ fileName: true });
export const WithdrawSchema = z.strictObject({ reason: text(300) }).openapi('WithdrawAttachment');
export const BreakParams = z.object({ break: IdSchema });
export const BreakFilterQuery = z.object({
  state: z.enum(BREAK_STATES).optional(),
  kind: z.enum(BREAK_KINDS).optional(),
  with: z
    .union([IdSchema, z.enum(['me', 'nobody'])])
    .optional()
    .openapi({ description: '谁在跟进；me 我自己，nobody 还没有人 · Who sees to it', example: 'me' }),
  only: z.enum(BREAKS_ONLY).optional().openapi({
    description: 'asked 等第二位同事，carried 已结转到后面的月份 · Waits for its second person; carried on',
  }),
  olderThan: z
    .enum(['7', '30'])
    .optional()
    .openapi({ description: '发现已经超过几天 · Found more than so many days ago' }),
  q: z
    .string()
    .max(40)
    .optional()
    .openapi({ example: 'DK-2606', description: '单号、房号或金额 · A number, a house or an amount' }),
});

export type BreakFilterAsked = z.infer<typeof BreakFilterQuery>;

const SideShape = {
  number: z.string().openapi({ description: "抵扣单号，清单没写则为空 · '' where the list names none" }),
  house: z.string(),
  item: z.string(),
  period: z.string(),
  value: z.string(),
};
const ListShape = z.object({ import: z.string(), fileName: z.string(), at: InstantSchema });
const PersonShape = z.object({ id: z.string(), name: z.string(), mine: z.boolean() });

export const BreakEventSchema = z
  .object({
    id: z.string(),
    kind: z.enum(BREAK_EVENTS),
    at: InstantSchema,
    by: z.string().openapi({ description: '谁；已删除个人信息的为空 · Who; empty for who was erased' }),
    comment: z.string(),
    subject: z.string().openapi({
      description: '办法、月份，或跟进人的姓名 · A resolution, a month, or the name of who sees to it',
    }),
  })
  .openapi('BreakEvent');

const EvidenceSchema = z
  .object({
    ...{ id: z.string(), name: z.string(), type: z.enum(FILE_TYPES) },
    size: z.number().int().openapi({ description: '字节 · Bytes' }),
    sha256: z.string(),
    ...{ by: z.string(), at: InstantSchema },
    withdrawn: z.object({ by: z.string(), at: InstantSchema, reason: z.string() }).optional(),
  })
  .openapi('Evidence');

export const BreakSchema = z
  .object({
    id: z.string(),
    ...FoundBreakShape,
    offset: z.string().optional(),
    month: z.string().openapi({
      example: '2026-06',
      description:
        '按哪个月算：账单应缴的月份，或结转到的月份；空着的可能是任何一个月 · The month that it counts for: that in which the bill is due, or to which it was carried; where empty it may be any',
    }),
    ours: z.object({ ...SideShape, state: z.enum(OFFSET_STATES) }).optional(),
    theirs: z
      .object({
        ...SideShape,
        rowNumber: z.number().int(),
        state: z.enum(['posted', 'returned', 'waiting', 'paid-otherwise']),
        remark: z.string(),
      })
      .optional(),
    candidates: z
      .array(
        z.object({
          ...{ id: z.string(), rowNumber: z.number().int() },
          ...SideShape,
          postedOn: z.string().optional(),
          remark: z.string(),
        }),
      )
      .optional()
      .openapi({
        description: '要人选的：清单里可能是它的几行，最多 20 行 · Rows that may be it, 20 at most',
      }),
    state: z.enum(BREAK_STATES),
    age: z.number().int().openapi({ description: '发现至今几天 · Days since it was found' }),
    owner: PersonShape.optional().openapi({ description: '谁在跟进 · Who sees to it' }),
    carriedTo: z.string().optional().openapi({ example: '2026-07', description: '结转到 · Carried on to' }),
    heldUntil: InstantSchema.optional().openapi({
      description: '为它预留的积分到什么时候退给居民 · When the points set aside for its offset go back',
    }),
    canCarryTo: z
      .string()
      .optional()
      .openapi({ description: '可以结转到的月份（resolution: carry）· Where it can be carried on to' }),
    newBill: z
      .object({ house: z.string(), period: z.string(), amount: z.string(), isOpen: z.boolean() })
      .optional()
      .openapi({
        description: '重新出的账单，退回积分后可以重新抵扣 · The bill issued anew, for a new offset',
      }),
    undo: z
      .enum(['asked', 'carried', 'resolved', ...NO_UNDO, 'month-closed', 'offset-moved'])
      .openapi({ description: '可以撤销什么，或为什么不能 · What can be undone, or why nothing can' }),
    resolution: z
      .enum([...RESOLUTIONS, 'later-list', 'replaced'])
      .optional()
      .openapi({
        description:
          '后两种由系统记下：后来的清单有了这一笔，或对它有了新的差异 · The last two are the system’s: a later list has the offset, or found something else about it',
      }),
    firstSeen: ListShape.openapi({ description: '最早有这处差异的清单 · The first list that had it' }),
    lastSeen: ListShape.openapi({ description: '最近一次有它的清单 · The latest list that had it' }),
    settledBy: ListShape.optional().openapi({
      description: '系统据以办结的清单 · The list by which the system settled it',
    }),
    comment: z.string().optional(),
    transaction: z.string().optional(),
    offers: z
      .array(z.object({ resolution: z.enum(RESOLUTIONS), secondPerson: z.boolean() }))
      .optional()
      .openapi({
        description:
          '还没处理时，可以怎样处理；secondPerson 的要两个人，先后提出同一种办法 · While open, how it may be resolved; with secondPerson it takes two people, one after the other asking for the same',
      }),
    accepts: z.enum(RESOLUTIONS).optional().openapi({
      description: '照建议，一个人就能办的 · What one person does by taking up the proposal',
    }),
    asked: z
      .object({
        ...{ resolution: z.enum(RESOLUTIONS), comment: z.string(), mine: z.boolean() },
        at: InstantSchema.optional(),
      })
      .optional()
      .openapi({
        description:
          '已有一位提出，等另一位确认；mine 是您自己提出的 · Asked for by one person and waiting for another; mine: by you',
      }),
    declined: z
      .object({
        ...{ by: z.string(), comment: z.string(), resolution: z.string(), at: InstantSchema },
        mine: z.boolean(),
      })
      .optional()
      .openapi({
        description:
          '另一位不同意，还没有人再办过；mine 是您提出的 · Declined by the second person, and nothing was done since; mine: you had asked',
      }),
    writeOffs: z
      .array(
        z.object({
          ...{ id: z.string(), amount: z.string(), comment: z.string(), transaction: z.string() },
          ...{ at: InstantSchema, askedBy: z.string(), approvedBy: z.string() },
          reverses: z.string().optional(),
        }),
      )
      .openapi({
        description:
          '转销过的和撤销转销的，按先后，都不会删掉 · What was written off and taken back, in order; none is ever removed',
      }),
    reversal: z
      .object({
        ...{ asked: z.boolean(), mine: z.boolean(), comment: z.string() },
        at: InstantSchema.optional(),
      })
      .optional()
      .openapi({
        description:
          '转销可以撤销；asked 已有一位提出，等另一位 · Its write-off can be taken back; asked: by one person, waiting for another',
      }),
    attachments: z.array(EvidenceSchema).openapi({
      description: '附上的凭据，撤下的也在 · Evidence attached, with what was withdrawn',
    }),
    events: z.array(BreakEventSchema).openapi({ description: '经过，按时间 · Its thread, oldest first' }),
  })
  .openapi('Break');
export const BreaksSchema = pageOf(BreakSchema);

const Difference = FoundBreakShape.difference;
export const BreakSummarySchema = z
  .object({
    count: z.number().int(),
    value: z.string().openapi({ description: '差额合计，不相抵 · What they differ by, added up' }),
    difference: Difference.openapi({ description: '相抵以后，物业减我方 · Netted: theirs less ours' }),
    ...{ asked: z.number().int(), carried: z.number().int(), nobodys: z.number().int() },
    reversals: z
      .number()
      .int()
      .openapi({ description: '提出撤销、等另一位同事的转销 · Write-offs that somebody wants taken back' }),
    ...{ mine: z.number().int(), overWeek: z.number().int(), overMonth: z.number().int() },
    toCorrect: z.object({ count: z.number().int(), difference: Difference }).openapi({
      description:
        '物业说好更正、还没有清单证实的 · What the firm said it would correct, and no list has shown yet',
    }),
    kinds: z.array(z.object({ kind: z.string(), count: z.number().int(), difference: Difference })),
    owners: z.array(PersonShape).openapi({ description: '可以跟进的同事 · Colleagues who may see to them' }),
  })
  .openapi('BreakSummary');

export const ResolveSchema = z
  .strictObject({
    resolution: z.enum([...RESOLUTIONS, 'carry']),
    comment: text(300),
    row: IdSchema.optional().openapi({
      description:
        'proposal 是 choose、要接受时：清单里入账这张单的那一行（candidates 的 id）· Where the proposal is choose and it is accepted: the row that posts it (an id of candidates)',
    }),
  })
  .openapi('ResolveBreak');
export const ReverseSchema = z.strictObject({ comment: text(300) }).openapi('ReverseWriteOff');
export const DeclineSchema = z
  .strictObject({
    resolution: z.enum([...RESOLUTIONS, REVERSAL]).openapi({
      description: '不同意的是哪一种办法 · What was asked for and is declined',
    }),
    at: InstantSchema.optional().openapi({
      description:
        '看到的是什么时候提出的（asked.at 或 reversal.at）；后来又重新提过的，不会连带不同意 · When what was read was asked for; what was asked for anew since is not declined by it',
    }),
    comment: text(300),
  })
  .openapi('DeclineBreak');
export const SaySchema = z
  .strictObject({
    kind: z.enum(SAID).openapi({
      description: 'evidence 是看过的凭据和它存放的地方 · evidence: what was seen and where it lies',
    }),
    comment: text(300),
  })
  .openapi('SayOfBreak');
export const OwnSchema = z
  .strictObject({ colleague: IdSchema.nullable().openapi({ description: '空为没有人跟进 · null: nobody' }) })
  .openapi('OwnBreak');
export const AcceptSchema = z
  .strictObject({ breaks: z.array(IdSchema).min(1).max(MOST_ACCEPTED), comment: text(300) })
  .openapi('AcceptBreaks');
export const AcceptedSchema = z
  .object({
    accepted: z.number().int(),
    results: z.array(
      z.object({
        break: z.string(),
        problem: z
          .object({ code: z.string(), zh: z.string(), en: z.string() })
          .optional()
          .openapi({ description: '没有办的原因 · Why it was not done' }),
      }),
    ),
  })
  .openapi('AcceptedBreaks');
