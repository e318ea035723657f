import { IdSchema, InstantSchema, pageOf, z } from '../../platform/index.ts';
import { FIRM_SETTING_KINDS } from '../rules/setting-changes.ts';

export const ChangeParams = z.object({ estate: IdSchema, change: IdSchema });
export const ChangeStateQuery = z.object({
  state: z.enum(['waiting']).optional().openapi({
    description: '只要等复核的；不写就是全部 · Those that wait alone; all when left out',
  }),
});
const Words = z.object({ zh: z.string(), en: z.string() });
/** Of what was asked for whether it waits for a second person; else it is in force. */
export const WaitsSchema = z.boolean().openapi({
  description: '等另一位同事复核后才生效 · Waits for a second person; else it is in force',
});
export const ChangedSchema = z.object({ waits: WaitsSchema }).openapi('FirmSettingChanged');
export const FirmChangeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(FIRM_SETTING_KINDS).openapi({
      description: 'layout 导出格式，accounts 会计科目，mapping 列对应 · What of the firm',
    }),
    name: z.string().openapi({ description: '列对应方案的名称 · Of a mapping its name' }),
    state: z.enum(['waiting', 'approved', 'withdrawn']),
    estate: z.object({ id: z.string(), name: z.string() }).openapi({
      description: '在哪个小区改的 · Where it was asked for',
    }),
    by: z.string(),
    at: InstantSchema,
    mine: z.boolean(),
    alone: z.boolean().openapi({
      description: '公司只有一个人，当时直接生效 · The firm had nobody else, so it was in force at once',
    }),
    ended: z.object({ by: z.string(), at: InstantSchema }).optional(),
    undoable: z.boolean().openapi({ description: '可以恢复到改之前 · It is the last one of its setting' }),
    changes: z.array(z.object({ what: Words, before: Words.optional(), after: Words.optional() })),
  })
  .openapi('FirmChange');
export const FirmChangesSchema = pageOf(FirmChangeSchema);
