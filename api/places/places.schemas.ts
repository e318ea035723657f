import {
  DaySchema,
  IdSchema,
  InstantSchema,
  pageOf,
  roles,
  say,
  text,
  WordsSchema,
  z,
} from '../platform/index.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const EstateParams = z.object({ estate: IdSchema });
export const ImportParams = z.object({ import: IdSchema });
export const HouseParams = z.object({ house: IdSchema });

const KINDS = ['district', 'street', 'community', 'estate', 'merchant', 'firm', 'clearing'] as const;
export const ChildrenQuery = z.object({ kind: z.enum(KINDS) });
export const NewPlaceSchema = z
  .strictObject({
    kind: z.enum(KINDS),
    name: text(60).openapi({ example: '和美苑（演示）' }),
    firm: IdSchema.optional().openapi({
      description:
        '小区由哪家物业公司服务；附近不止一家时必填 · Which firm serves an estate; needed where there are several',
    }),
  })
  .openapi('NewPlace');
export const PlaceSchema = z
  .object({ id: z.string(), parent: z.string(), kind: z.enum(KINDS), name: z.string() })
  .openapi('Place');
export const OnePlaceSchema = PlaceSchema.extend({ version: z.int() }).openapi('OnePlace');
export const RenamePlaceSchema = z
  .strictObject({ name: text(60).openapi({ example: '和美苑（演示）' }), version: z.int().min(1) })
  .openapi('RenamePlace');
export const DayQuery = z.object({ day: DaySchema.optional() });
export const PlacesSchema = pageOf(PlaceSchema);
export const MyPlacesSchema = z
  .object({ items: z.array(PlaceSchema.extend({ roles: z.array(z.enum(roles)) })) })
  .openapi('MyPlaces');

export const HouseSchema = z
  .object({
    id: z.string(),
    estate: z.string(),
    code: z.string().openapi({ example: '3-2-0501' }),
    name: z.string().openapi({ example: '3栋2单元0501' }),
  })
  .openapi('House');
export const HousesSchema = pageOf(HouseSchema);
export const HouseQuery = z.object({
  house: z.string().max(60).optional().openapi({ example: '3-2-0501' }),
});
export const MyHousesSchema = z
  .object({
    items: z.array(
      HouseSchema.extend({ relation: z.enum(['owner', 'family', 'tenant']), estateName: z.string() }),
    ),
  })
  .openapi('MyHouses');
const LinkSchema = z.object({
  relation: z.enum(['owner', 'family', 'tenant']),
  since: z.string().optional().openapi({ example: '2024-05-01' }),
});
export const HouseholdSchema = z
  .object({
    items: z.array(
      HouseSchema.extend({
        estateName: z.string(),
        ...LinkSchema.shape,
        others: z.array(LinkSchema.extend({ name: z.string().openapi({ example: '王*' }) })),
        othersMore: z.boolean().openapi({ description: '还有没列出的人 · More than are listed' }),
      }),
    ),
    more: z.boolean().openapi({ description: '还有没列出的房屋 · More houses than are listed' }),
  })
  .openapi('Household');
export const ResidentsSchema = z
  .object({
    items: z.array(
      z.object({
        person: z.string(),
        name: z.string().openapi({ example: '王*' }),
        tail: z.string().openapi({ example: '0001' }),
        relation: z.enum(['owner', 'family', 'tenant']),
        since: z.string().optional(),
        until: z.string().optional(),
      }),
    ),
  })
  .openapi('Residents');

export const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });
export const NewcomerSchema = z
  .strictObject({
    house: text(60).openapi({ example: '3-2-0501' }),
    name: text(40).openapi({ example: '王小明' }),
    phone: z
      .string()
      .regex(/^1\d{10}$/, say('请填 11 位手机号', 'Give the eleven digits of a mobile phone'))
      .optional()
      .openapi({ example: '13800000001' }),
    relation: z.enum(['owner', 'family', 'tenant']),
    since: DaySchema,
    confirm: z
      .array(z.enum(['new-houses', 'shared-phones', 'namesake']))
      .max(3)
      .optional()
      .openapi({ description: '已回答“是”的问题 · Questions that were answered with yes' }),
  })
  .openapi('Newcomer');
export const RegisteredSchema = z
  .object({
    person: z.string(),
    isNew: z.boolean().openapi({ description: '以前没有登记过 · Was not registered before' }),
  })
  .openapi('RegisteredResident');

export const FindResidentQuery = z.object({
  find: z.string().trim().min(1).max(60).openapi({
    description:
      'A house (3-2-0501), a room or the end of a phone, the initials of a name in pinyin, or a part of it.',
    example: '3-2-0501',
  }),
});
const KnownSchema = z.object({
  person: z.string(),
  name: z.string().openapi({ example: '王*' }),
  tail: z.string().openapi({ example: '0001' }),
});
const RelationSchema = z.enum(['owner', 'family', 'tenant']);
export const FoundResidentsSchema = pageOf(
  KnownSchema.extend({ relation: RelationSchema, house: HouseSchema }),
).openapi('FoundResidents');
export const ResidentSchema = KnownSchema.extend({
  canSignIn: z.boolean(),
  diedOn: z
    .string()
    .optional()
    .openapi({ description: '已登记去世，那一天 · The day of the death that was registered' }),
  homes: z.array(HouseSchema.extend({ relation: RelationSchema })),
}).openapi('Resident');

const ReasonSchema = z.object({ code: z.string(), field: z.string(), zh: z.string(), en: z.string() });
const FenSchema = z.string().openapi({ example: '1449.04' });
/** What a person sees of a file, before and after it is taken in. */
export const ImportReportSchema = z
  .object({
    import: z.string().optional(),
    repeated: z.boolean(),
    fileName: z.string(),
    encoding: z.string(),
    sheet: z.string(),
    implied: z
      .array(z.object({ zh: z.string(), en: z.string() }))
      .optional()
      .openapi({
        description:
          '不在行里、从标题等处读出来的，如计费月份 · What no row gives, such as the month in the title',
      }),
    otherSheets: z
      .array(z.object({ name: z.string(), rows: z.int() }))
      .optional()
      .openapi({
        description: '表头也对得上、这次没有读的工作表 · Sheets that fit as well and were not read',
      }),
    counts: z.record(z.string(), z.number().int()),
    totals: z.object({
      computed: FenSchema,
      found: FenSchema.optional(),
      difference: FenSchema.optional(),
      part: z
        .object({ labels: z.array(z.string()), covered: FenSchema, rest: FenSchema })
        .optional()
        .openapi({
          description:
            '文件的合计只有这几列，差额按这几列算 · The file totals these columns only, and the difference is theirs',
        }),
      items: z
        .array(
          z.object({
            item: z.string(),
            count: z.int(),
            computed: FenSchema,
            found: FenSchema.optional(),
            differenceFen: z.int().optional(),
          }),
        )
        .optional()
        .openapi({
          description:
            '每个收费项目的笔数和合计，文件自己的合计，差多少分 · Each fee item: how many, their sum, the file’s own, and the difference in fen',
        }),
    }),
    problems: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
    warnings: z.array(ReasonSchema.extend({ rowNumber: z.number().int().optional() })),
    rejected: z.array(
      z.object({
        rowNumber: z.number().int(),
        cells: z.array(z.string()),
        reasons: z.array(ReasonSchema),
      }),
    ),
    digest: z.string().optional().openapi({
      description:
        '读出来的内容的摘要，导入时作为 shown 传回，不一样就不导入 · Of what was read; sent back as shown, another one refuses the file',
    }),
    paidHas: z.enum(['points', 'money']).optional().openapi({
      description:
        '账单文件里的已收含不含积分抵扣：points 含，money 不含；没有影响时不写 · Whether what was received is taken to include points; left out where it makes no difference',
    }),
    unknownHouses: z
      .array(
        z.object({
          written: z.string(),
          rows: z.int(),
          rowNumber: z.int(),
          candidates: z.array(z.string()),
        }),
      )
      .optional()
      .openapi({
        description:
          '对不上的房号写法，由人指定 · What stands for houses that are not known, for a person to decide',
      }),
    questions: z
      .array(z.object({ code: z.string(), zh: z.string(), en: z.string() }))
      .openapi({ description: '导入前要由人确认的问题 · What a person has to answer before it is taken in' }),
    rejectedMore: z.number().int().openapi({ description: '没有列出的行数 · Rows beyond those listed' }),
  })
  .openapi('ImportReport');

export const ImportSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['roster', 'bills', 'posted-list', 'funder-statement']),
    fileName: z.string(),
    rowsAccepted: z.number().int(),
    rowsRejected: z.number().int(),
    summary: z.looseObject({}),
    at: z.string(),
  })
  .openapi('Import');
export const ImportsSchema = pageOf(ImportSchema);
const ImportRunSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['roster', 'bills', 'posted-list', 'funder-statement']),
    fileName: z.string(),
    state: z.enum(['running', 'taken', 'refused', 'failed']).openapi({
      description:
        'failed：断了，要么全部写入要么什么都没有写 · It was cut off; all of it is written or nothing.',
    }),
    stage: z.enum(['reading', 'comparing', 'writing']),
    rows: z.int().openapi({ description: '文件的行数，读完才知道 · Known once the file is read' }),
    mine: z.boolean(),
    startedAt: InstantSchema,
    endedAt: InstantSchema.optional(),
    import: z.string().optional(),
    counts: z.record(z.string(), z.number()).optional(),
    refusal: z
      .object({
        code: z.string(),
        title: WordsSchema,
        advice: WordsSchema,
        fields: z.array(WordsSchema.extend({ field: z.string() })),
      })
      .optional(),
  })
  .openapi('ImportRun');
export const ImportRunsSchema = pageOf(ImportRunSchema);
export const ImportsQuery = z.object({
  kind: z.enum(['roster', 'bills', 'posted-list', 'funder-statement']),
});
