import { IdSchema, say, text, WordsSchema, z } from '../platform/index.ts';
import { YuanSchema } from './fees.schemas.ts';

export const ImportParams = z.object({ import: IdSchema });
export const ImportUndoSchema = z
  .object({
    bills: z
      .int()
      .openapi({ description: '由它带来、还在用的账单 · The bills that it brought and that stand' }),
    amount: z.string().openapi({ example: '41183.28', description: '这些账单的应缴 · What is due on them' }),
    mine: z.boolean().openapi({ description: '是不是您导入的 · Whether you took it in' }),
    undone: z.boolean(),
    why: WordsSchema.optional().openapi({
      description: '为什么不能撤销；可以撤销时不写 · What stands in the way; left out where nothing does',
    }),
  })
  .openapi('ImportUndo');
export const UndoImportSchema = z
  .strictObject({
    bills: z.int().min(1).max(1_000_000).openapi({
      example: 348,
      description: '看到的笔数，不一样了就不撤销 · As many as were seen; another number refuses it',
    }),
  })
  .openapi('UndoImport');

export const CorrectBillSchema = z
  .strictObject({
    was: YuanSchema.openapi({
      example: '0.00',
      description: '看到的已收，不一样了就不改 · What was received as it was seen; another amount refuses it',
    }),
    paid: YuanSchema.optional().openapi({
      example: '118.32',
      description:
        '现在一共收了多少钱（不含积分抵扣）；不写就是作废这张账单 · All the money received by now, without points; left out, the bill is cancelled',
    }),
    reason: text(200).openapi({ example: '住户 6 月 20 日在物业前台交的现金' }),
    confirm: z
      .array(z.string().max(40))
      .max(20, say('最多 20 个问题', 'At most 20 questions'))
      .optional()
      .openapi({
        description: '已经确认过的问题 · The codes of the questions that were answered with yes',
      }),
  })
  .openapi('CorrectBill');
