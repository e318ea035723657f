import { DaySchema, IdSchema, InstantSchema, pageOf, text, z } from '../platform/index.ts';

const FirmSchema = z.object({ id: IdSchema, name: z.string().openapi({ example: '和美物业（演示）' }) });

export const EstateFirmsSchema = pageOf(
  z.object({
    id: IdSchema,
    firm: IdSchema,
    name: z.string(),
    since: DaySchema.optional().openapi({ description: '没有就是一开始 · None: from the beginning' }),
    until: DaySchema.optional().openapi({
      description: '下一家接手的那天 · The first day of the firm after it',
    }),
    reason: z.string(),
    by: z.string().openapi({
      description: '谁选定的；空的是系统，因为只有这一家 · Who said so; empty where there was no other firm',
    }),
    at: InstantSchema,
  }),
)
  .extend({
    version: z.int().openapi({ description: '改的时候带上 · To be sent along with a change' }),
    now: FirmSchema.optional().openapi({ description: '今天由哪家服务 · Which one serves it today' }),
    choices: z.array(FirmSchema),
  })
  .openapi('EstateFirms');

export const NameFirmSchema = z
  .strictObject({
    firm: IdSchema,
    since: DaySchema.openapi({ description: '今天或以后 · Today or a day to come' }),
    reason: text(200).openapi({ example: '业主大会 2026 年第 1 号决议' }),
    version: z.int().min(0),
  })
  .openapi('NameFirm');

export const FirmsNearSchema = z
  .object({
    only: FirmSchema.optional().openapi({
      description:
        '不说的话由它服务；没有就必须选 · Serves where nobody says so; without it one must be chosen',
    }),
    choices: z.array(FirmSchema),
  })
  .openapi('FirmsNear');
