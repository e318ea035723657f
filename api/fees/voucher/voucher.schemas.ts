import { InstantSchema, pageOf, text, z } from '../../platform/index.ts';

/** Nobody has this many fee items. */
const MOST_ITEMS = 40;

const AccountSchema = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z.-]{1,20}$/)
    .openapi({
      description: '科目编码，数字、字母、点和短横 · Digits, letters, dots and hyphens',
      example: '1221',
    }),
  name: text(60).openapi({ example: '其他应收款—积分结算款' }),
});
export const FirmQuery = z.object({
  // One of those that the paper names, and nothing that is looked up elsewhere.
  firm: z.string().max(40).optional().openapi({
    description:
      '这张单子上的哪家物业公司，不写就是第一家 · Which of the firms of the paper; the first one when left out',
  }),
});
export const AccountsSchema = z
  .strictObject({
    settlement: AccountSchema.openapi({ description: '应收结算款' }),
    concession: AccountSchema.openapi({ description: '积分让利（借方）' }),
    gain: AccountSchema.openapi({ description: '结算多于抵扣的差额（贷方）' }),
    receivable: AccountSchema.openapi({ description: '应收物业费' }),
    items: z
      .array(AccountSchema.extend({ item: text(40) }))
      .max(MOST_ITEMS)
      .refine((items) => new Set(items.map(({ item }) => item)).size === items.length)
      .openapi({ description: '有自己科目的收费项目 · Fee items with an account of their own' }),
  })
  .openapi('FirmAccounts');
export const ChangeAccountsSchema = z
  .strictObject({ version: z.number().int().min(0).max(1_000_000), accounts: AccountsSchema })
  .openapi('ChangeFirmAccounts');
export const AccountsInForceSchema = z
  .object({
    firm: z.object({ id: z.string(), name: z.string() }),
    version: z.number().int().openapi({
      description: '0：系统给的常用科目，还没人核对过 · 0: usual ones that nobody has looked at',
    }),
    accounts: AccountsSchema,
  })
  .openapi('FirmAccountsInForce');
export const AccountsHistorySchema = pageOf(
  z
    .object({ version: z.number().int(), accounts: AccountsSchema, name: z.string(), at: InstantSchema })
    .openapi('FirmAccountsVersion'),
);

const Amount = z.string().openapi({ example: '35.49' });
export const VoucherSchema = z
  .object({
    place: z.object({ id: z.string(), name: z.string() }),
    firm: z.object({ id: z.string(), name: z.string() }),
    firms: z.array(z.object({ id: z.string(), name: z.string() })).openapi({
      description:
        '这个月有凭证的物业公司，中途换过物业时不止一家 · Firms with a voucher of this month; several where the firm changed',
    }),
    month: z.string().openapi({ example: '2026-06' }),
    preliminary: z.boolean(),
    edition: z.number().int(),
    lines: z.array(
      z.object({ summary: z.string(), code: z.string(), name: z.string(), debit: Amount, credit: Amount }),
    ),
    total: Amount,
    uppercase: z.string().openapi({ example: '叁拾伍元肆角玖分' }),
    attachments: z.number().int().openapi({ description: '附件张数：本月入账的抵扣单 · Offsets posted' }),
    carriedIn: Amount.openapi({ description: '不足一分、从上月转来的 · Less than a fen, from before' }),
    carriedOut: Amount.openapi({ description: '不足一分、转到下月的 · Less than a fen, to the next month' }),
    accountsVersion: z.number().int(),
    prepared: z.string().optional().openapi({ description: '制单 · Who prepared it' }),
    approved: z.string().optional().openapi({ description: '审核 · Who approved it' }),
  })
  .openapi('MonthVoucher');
export type VoucherView = z.infer<typeof VoucherSchema>;
