import { IdSchema, InstantSchema, pageOf, pageQuery, text, z } from '../platform/index.ts';
import { GRADES, TRUSTS } from '../programme/index.ts';
import { SERVICE_SORTS } from './list-services.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const ServiceParams = z.object({ service: IdSchema });
const STATES = ['waiting', 'released', 'rejected', 'no-points', 'voided'] as const;
export const ServicesQuery = pageQuery(SERVICE_SORTS).extend({ state: z.enum(STATES).optional() });
export const MyServicesQuery = pageQuery(['newest']).extend({ state: z.enum(STATES).optional() });

export const NewServiceSchema = z
  .strictObject({
    member: IdSchema,
    type: text(40).openapi({ example: '人居环境' }),
    startsAt: InstantSchema,
    endsAt: InstantSchema,
    attendedFrom: InstantSchema,
    attendedTo: InstantSchema,
    trust: z.enum(TRUSTS),
  })
  .openapi('NewService');

export const RatingSchema = z.strictObject({ grade: z.enum(GRADES) }).openapi('Rating');

export const VoidingSchema = z.strictObject({ reason: text(200) }).openapi('Voiding');

export const ServiceSchema = z
  .object({
    id: z.string(),
    place: z.string(),
    member: z.object({
      id: z.string(),
      name: z.string(),
      tail: z.string().openapi({ description: '手机尾号，没有则为空 · The end of the phone, or empty' }),
    }),
    type: z.string(),
    startsAt: InstantSchema,
    endsAt: InstantSchema,
    minutes: z.number().int(),
    trust: z.enum(TRUSTS),
    state: z.enum(STATES),
    grade: z.enum(GRADES).optional(),
    points: z
      .string()
      .openapi({ description: '待评价时是最多可得的积分 · While waiting, the most it can earn' }),
    steps: z.array(z.object({ zh: z.string(), en: z.string(), value: z.string() })),
    recordedByMe: z.boolean(),
    award: z.string().optional(),
    settled: z.string().optional(),
    voided: z
      .object({ reason: z.string(), transaction: z.string() })
      .optional()
      .openapi({ description: '登记有误，已作废 · Recorded by mistake and voided' }),
  })
  .openapi('Service');
export const ServicesSchema = pageOf(ServiceSchema);
export const TodaySchema = z.object({ items: z.array(ServiceSchema), more: z.boolean() });
