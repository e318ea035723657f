import { DaySchema, IdSchema, InstantSchema, roles, say, text, z } from '../platform/index.ts';
import { endReasons } from './houses.ts';
import { HouseSchema } from './places.schemas.ts';

export const RelationSchema = z.enum(['owner', 'family', 'tenant']);
const EndReasonSchema = z.enum(endReasons).openapi({
  description: '卖房、搬走、去世、登记错了 · Sold, moved out, died, or was never true',
});

export const PersonParams = z.object({ person: IdSchema });
export const ResidencyParams = z.object({ residency: IdSchema });

export const KnownPersonSchema = z
  .object({
    id: z.string(),
    name: z.string().openapi({ example: '王*' }),
    phone: z.string().openapi({ example: '138****0001' }),
    erased: z.boolean(),
    diedOn: z.string().optional().openapi({
      description: '已登记去世，那一天 · The day of the death that was registered, in whichever home',
    }),
    mergedInto: z
      .string()
      .optional()
      .openapi({ description: '已并入的那一份 · The one that this registration was merged into' }),
    version: z.int(),
    residencies: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        house: HouseSchema,
        estateName: z.string(),
        relation: RelationSchema,
        since: z.string().optional(),
        until: z
          .string()
          .optional()
          .openapi({ description: '不再属于这套房的第一天 · The first day without it' }),
        endReason: EndReasonSchema.optional(),
        goesOn: z.boolean().openapi({ description: '今天还住在、或将要住在 · Today, or later' }),
      }),
    ),
    roles: z.array(
      z.object({
        id: z.string(),
        role: z.enum(roles),
        place: z.string(),
        placeName: z.string(),
        validFrom: InstantSchema,
        validTo: InstantSchema.optional(),
      }),
    ),
  })
  .openapi('KnownPerson');

export const UnmaskSchema = z
  .strictObject({ reason: text(200).openapi({ example: '本人来窗口核对电话' }) })
  .openapi('Unmask');
export const UnmaskedSchema = z
  .object({ name: z.string(), phone: z.string().optional() })
  .openapi('UnmaskedPerson');

export const CorrectPersonSchema = z
  .strictObject({
    version: z.int().min(1),
    name: text(40),
    phone: z
      .string()
      .regex(/^1\d{10}$/, say('请填 11 位手机号', 'Give the eleven digits of a mobile phone'))
      .nullable(),
    sharedPhone: z.boolean().optional().openapi({
      description: '确实是一家人合用这个手机 · The phone is another person’s too, and they do share it',
    }),
  })
  .openapi('CorrectPerson');
export const VersionSchema = z.object({ version: z.int() }).openapi('Version');

export const NewResidencySchema = z
  .strictObject({
    house: IdSchema,
    relation: RelationSchema,
    since: DaySchema,
    until: DaySchema.optional(),
  })
  .openapi('NewResidency');
export const ResidencyAddedSchema = z.object({ id: z.string() }).openapi('ResidencyAdded');
export const EndResidencySchema = z
  .strictObject({
    until: DaySchema.nullable().openapi({
      description:
        '不再属于这套房的第一天；没有这回事、还住在这里的是 null，原因是 mistake · The first day without it; null, with the reason `mistake`, where the end is taken back and they live there as before',
    }),
    reason: EndReasonSchema,
    version: z.int().min(1),
  })
  .openapi('EndResidency');
