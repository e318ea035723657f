import { IdSchema, InstantSchema, pageOf, z } from '../../platform/index.ts';

export const BookParams = z.object({ book: z.string().regex(/^[1-9]\d{0,3}$/) });
export const VerificationParams = BookParams.extend({ verification: IdSchema });

export const BooksSchema = z
  .object({
    items: z.array(
      z.object({
        book: z.int().openapi({ example: 1 }),
        place: z.string(),
        name: z.string().openapi({ example: '金明池街道' }),
      }),
    ),
  })
  .openapi('Books');

export const VerificationHeadSchema = z
  .object({
    id: z.string(),
    book: z.int(),
    state: z.enum(['running', 'right', 'wrong', 'failed', 'broken-off']).openapi({
      description:
        'failed：没有做完；broken-off：核对它的程序中途停了，没有消息；两种都对账簿不作结论 · failed: it did not end; broken-off: its process was cut off; neither says anything about the book',
    }),
    done: z.int().openapi({ description: '已核对的交易数 · Transactions verified so far' }),
    of: z.int(),
    startedAt: InstantSchema,
    startedBy: z.string(),
    startedByName: z.string().optional().openapi({
      description:
        '居民和工作人员的姓名都遮住；没有留名的不写 · A person’s name is masked; left out where none is kept',
    }),
    endedAt: InstantSchema.optional(),
    transactions: z.int().optional(),
    entries: z.int().optional(),
    rules: z
      .object({
        checked: z.int().openapi({
          description:
            '与现存规则逐字比对过的引用数 · Citations that were compared with the rules as they are stored',
        }),
        byIdOnly: z.int().openapi({
          description:
            '只写了规则编号的旧交易数，规则内容无从核对 · Older transactions that name their rule by id alone; its content cannot be checked',
        }),
      })
      .optional(),
    rows: z.int().optional().openapi({
      description:
        '与所记交易比对过的业务记录数（服务、消费、收分、抵扣） · Records of services, purchases, redemptions and offsets that were compared with their transactions',
    }),
    files: z.int().optional().openapi({
      description:
        '内容重新算过哈希的附件数；同样的内容附了两次，算两份 · Attachments whose bytes were read and hashed again; the same bytes attached twice are two',
    }),
    root: z.string().optional().openapi({ description: '证明树的根（SHA-256） · Root of the proof tree' }),
    findingCount: z.int().openapi({ description: '一共多少处 · How many there are in all' }),
  })
  .openapi('VerificationHead');

export const VerificationSchema = VerificationHeadSchema.extend({
  findings: z
    .array(
      z.object({
        rule: z.int().min(1).max(9),
        transaction: z.string().optional(),
        zh: z.string(),
        en: z.string(),
      }),
    )
    .openapi({ description: '前 100 处 · The first 100' }),
}).openapi('Verification');
export const VerificationsSchema = pageOf(VerificationHeadSchema).openapi('Verifications');
