import { RejectedQuery } from '../places/index.ts';
import { InstantSchema, pageOf, say, text, z } from '../platform/index.ts';
import { MAPPED_FIELDS } from './files/bill-mapping.ts';

const MOST_COLUMNS = 200;
const ColumnName = z.string().max(200);
const VersionSchema = z.int().min(0).max(1_000_000).openapi({
  example: 0,
  description: '看到的版本，新的写 0 · The version that was seen, 0 for a new one',
});
const MappedColumns = z
  .array(
    z.strictObject({
      column: ColumnName.openapi({ example: '本月应收·物业费' }),
      field: z.enum(MAPPED_FIELDS).openapi({
        description: 'feeItem：这一列是一项费用 · feeItem: a column of one fee item',
      }),
    }),
  )
  .max(MOST_COLUMNS);
const Header = z
  .array(ColumnName)
  .max(MOST_COLUMNS)
  .openapi({ description: '表头每一列的名称 · The names of all columns of the header' });

export const SaveMappingSchema = z
  .strictObject({ name: text(60), version: VersionSchema, header: Header, columns: MappedColumns })
  .openapi('SaveBillMapping');
export const MappingSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    header: z.array(z.string()),
    columns: z.array(z.object({ column: z.string(), field: z.enum(MAPPED_FIELDS) })),
    at: InstantSchema,
    by: z.string().openapi({ description: '谁最后改的 · Who changed it last' }),
  })
  .openapi('BillMapping');
export const MappingsSchema = pageOf(MappingSchema);

export const ShownQuery = z.object({
  shown: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .openapi({
      description:
        '检查时给的 digest；读出来的不一样了就不导入 · The digest of the check; refused where the file reads otherwise now',
    }),
});
export const MappingQuery = z.object({
  mapping: z.string().max(60).optional().openapi({
    example: '收费系统导出',
    description:
      '用哪个列对应方案；不写则按表头自动找 · By name; left out, one made for the very header is used',
  }),
});
export const PaidHasQuery = z.object({
  paidHas: z.enum(['points', 'money']).optional().openapi({
    description:
      '已收里含不含积分抵扣：points 含，money 不含；不写则按这家物业以前的回答，没有回答过会问 · Whether what was received includes points; left out, as was answered for the firm before',
  }),
});
export const PreviewQuery = RejectedQuery.pick({ fileName: true, sheet: true }).extend({
  headerRow: z
    .string()
    .regex(/^(?:[1-9]|[12]\d|30)$/, say('表头在第几行，写 1 到 30', 'The row of the header, 1 to 30'))
    .optional()
    .openapi({ example: '2', description: '表头在第几行 · Where the header stands' }),
});
export const PreviewSchema = z
  .object({
    fileName: z.string(),
    sheet: z.string(),
    headerRow: z.int(),
    header: z.array(z.string()),
    columns: z.array(z.object({ column: z.string(), field: z.enum(MAPPED_FIELDS) })),
    rows: z.array(z.array(z.string())),
  })
  .openapi('BillPreview');

export const DecideHouseSchema = z
  .strictObject({
    written: text(200).openapi({ example: '3-2-501' }),
    house: text(60).openapi({ example: '3-2-0501' }),
    version: VersionSchema,
  })
  .openapi('DecideHouse');
/** `version`: as it was seen. */
export const ForgetHouseQuery = z.object({
  written: text(200),
  version: z.string().regex(/^\d{1,6}$/),
});
export const HouseNameSchema = z
  .object({
    id: z.string(),
    written: z.string().openapi({ description: '物业文件里的写法 · What the firm writes' }),
    house: z.object({ id: z.string(), code: z.string(), name: z.string() }),
    version: z.int(),
    at: InstantSchema,
    by: z.string().openapi({ description: '谁最后改的 · Who changed it last' }),
  })
  .openapi('HouseName');
export const HouseNamesSchema = pageOf(HouseNameSchema);
