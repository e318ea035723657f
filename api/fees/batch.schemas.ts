import { WaitsSchema } from './settings/firm-changes.schemas.ts';
import { IdSchema, InstantSchema, pageOf, say, text, z } from '../platform/index.ts';
import { WHY_LEFT_OUT } from './export-offsets.ts';
import { MARKS } from './mark-batch.ts';
import { BATCH_STATES, BATCH_STEPS } from './rules/batch-state.ts';
import {
  DATE_FORMATS,
  LAYOUT_FIELDS,
  LAYOUT_FILES,
  NEEDED_FIELDS,
  PERIOD_FORMATS,
  type ExportLayout,
} from './rules/export-layout.ts';

export const BatchParams = z.object({ batch: IdSchema });

const DoneSchema = z.object({
  name: z.string().optional().openapi({ description: '谁 · By whom' }),
  at: InstantSchema,
});

export const BatchSchema = z
  .object({
    id: z.string(),
    estate: z.string(),
    number: z.string().openapi({ example: 'DC-2606-01' }),
    firm: z.string().optional().openapi({ description: '交给哪家物业公司 · The firm that it pays' }),
    count: z.number().int(),
    value: z.string(),
    at: InstantSchema,
    madeBy: z.string().optional(),
    rowsHash: z.string().openapi({
      description:
        '核对码：按单号排列的 [[抵扣单号, 分], …] 的 JSON 的 SHA-256。同样的单、同样的金额，就是同样的码 · SHA-256 of the JSON [[number, fen], …] in the order of the numbers: equal for equal offsets and sums',
    }),
    state: z.enum(BATCH_STATES).openapi({
      description:
        'made 已导出，sent 已送出，acknowledged 物业已收下，posted 已入账，returned 已退回，taken-back 已撤回；posted、returned 由抵扣单得出 · posted and returned follow from the offsets',
    }),
    open: z.number().int().openapi({ description: '还在物业手里的张数 · Still in the firm’s hands' }),
    posted: z.number().int(),
    returned: z.number().int(),
    sent: DoneSchema.optional(),
    acknowledged: DoneSchema.optional(),
    askedBack: DoneSchema.extend({
      reason: z.string(),
      mine: z.boolean().openapi({ description: '是不是自己提出的 · Whether the reader asked' }),
    }).optional(),
    takenBack: DoneSchema.optional(),
    steps: z
      .array(z.enum(BATCH_STEPS))
      .openapi({ description: '现在可以办的 · What can be done with it now' }),
  })
  .openapi('ExportBatch');
export const WaitingSchema = BatchSchema.pick({ firm: true, count: true, value: true })
  .extend({
    leftOut: z
      .object({
        count: z.number().int(),
        items: z.array(
          z.object({ id: z.string(), number: z.string(), value: z.string(), why: z.enum(WHY_LEFT_OUT) }),
        ),
      })
      .openapi({
        description:
          '等着导出、但不会交出的抵扣单和原因，最多列 20 张 · What waits and is not handed over, and why; 20 are named',
      }),
  })
  .openapi('WaitingForExport');
export const BatchesSchema = pageOf(BatchSchema);
export const MarkSchema = z.strictObject({ mark: z.enum(MARKS) }).openapi('MarkBatch');
export const AskBackSchema = z
  .strictObject({ reason: text(300).openapi({ example: '收费系统不认批次里的房号' }) })
  .openapi('AskBatchBack');

export const LayoutSchema = z
  .strictObject({
    columns: z
      .array(z.strictObject({ field: z.enum(LAYOUT_FIELDS), header: text(30) }))
      .min(2)
      .max(LAYOUT_FIELDS.length),
    dates: z.enum(DATE_FORMATS),
    periods: z.enum(PERIOD_FORMATS),
    amounts: z.enum(['yuan', 'fen']),
    totalRow: z.boolean(),
    file: z.enum(LAYOUT_FILES),
  })
  .superRefine(({ columns }, context) => {
    const fields = columns.map(({ field }) => field);
    const headers = columns.map(({ header }) => header.trim());
    const refuse = (said: ReturnType<typeof say>) =>
      context.addIssue({ code: 'custom', path: ['columns'], message: said });
    if (NEEDED_FIELDS.some((field) => !fields.includes(field)))
      refuse(say('抵扣单号和抵扣金额不能少', 'The number and the value have to be in it'));
    if (new Set(fields).size < fields.length) refuse(say('同一列不能放两次', 'A column stands in it once'));
    if (new Set(headers).size < headers.length)
      refuse(say('两列的表头不能一样', 'Two columns cannot have the same words'));
  })
  .openapi('ExportLayout') satisfies z.ZodType<ExportLayout>;

export const PreviewSchema = z
  .object({
    rows: z.array(z.array(z.string())).openapi({ description: '第一行是表头 · The first row is the header' }),
    from: z.enum(['waiting', 'batch', 'sample']).openapi({
      description: '用待导出的、最近一批的，还是样例 · Of what waits, of the newest batch, or made up',
    }),
  })
  .openapi('LayoutPreview');
export const LayoutInForceSchema = z
  .object({
    firm: z.string().optional().openapi({ description: '物业公司的名字 · The firm’s name' }),
    number: z.number().int().openapi({ description: '第几版；0 是没有改过 · Its version; 0: never changed' }),
    name: z.string().optional(),
    at: InstantSchema.optional(),
    layout: LayoutSchema,
    preview: PreviewSchema,
    waits: WaitsSchema.optional(),
  })
  .openapi('LayoutInForce');
export const SaveLayoutSchema = z
  .strictObject({
    layout: LayoutSchema,
    after: z.int().min(0).max(1_000_000).openapi({
      description: '看到的是第几版；这期间别人改过就不保存 · The version that was shown',
    }),
  })
  .openapi('SaveLayout');
export const LayoutVersionsSchema = pageOf(
  z
    .object({
      number: z.number().int(),
      name: z.string().optional(),
      at: InstantSchema,
      layout: LayoutSchema,
    })
    .openapi('LayoutVersion'),
);
