import { IdSchema, InstantSchema, pageOf, pageQuery, z } from '../platform/index.ts';
import { OUTBOX_STATES } from './outbox.ts';
import { CHANNELS, CHOSEN_KINDS, KINDS, WAYS } from './rules/index.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const DeliveryParams = z.object({ delivery: IdSchema });

const WordsSchema = z.object({ zh: z.string(), en: z.string() });

export const NoticeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS),
    title: WordsSchema,
    text: WordsSchema,
    transaction: z.string().optional().openapi({ description: 'What it is about.' }),
    at: InstantSchema,
    readAt: InstantSchema.optional(),
  })
  .openapi('Notice');
export const NoticesSchema = pageOf(NoticeSchema);

export const UnreadSchema = z
  .object({ unread: z.int().openapi({ description: 'Counted up to 100.' }) })
  .openapi('UnreadNotices');

export const ReadSchema = z
  .strictObject({ upTo: IdSchema.openapi({ description: 'The newest one that was seen.' }) })
  .openapi('ReadNotices');

const WaysSchema = z.strictObject(
  Object.fromEntries(CHOSEN_KINDS.map((kind) => [kind, z.enum(WAYS)])) as Record<
    (typeof CHOSEN_KINDS)[number],
    z.ZodEnum<{ off: 'off'; app: 'app'; message: 'message' }>
  >,
);
const VersionSchema = z.int().min(0).max(1_000_000);

export const SettingsSchema = z
  .object({
    channel: z.enum(CHANNELS),
    ways: WaysSchema,
    version: VersionSchema,
    provided: z.array(z.enum(CHANNELS)).openapi({
      description: 'What this deployment can do; another channel takes the desk.',
    }),
  })
  .openapi('NoticeSettings');

export const NewSettingsSchema = z
  .strictObject({ channel: z.enum(CHANNELS), ways: WaysSchema, version: VersionSchema })
  .openapi('NewNoticeSettings');

export const OutboxQuery = pageQuery(['place']).extend({ state: z.enum(OUTBOX_STATES).optional() });

export const OutboxLineSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    state: z.enum(['queued', 'sending', 'waiting', 'sent', 'told']),
    channel: z.enum(CHANNELS).openapi({ description: 'The channel that it was made for.' }),
    mayHaveCome: z.boolean().openapi({ description: 'A provider took it and never said whether it came.' }),
    person: z.object({
      id: z.string(),
      name: z.string().openapi({ description: 'Masked.' }),
      tail: z.string(),
      house: z.string().optional(),
    }),
    title: WordsSchema,
    text: WordsSchema,
    at: InstantSchema,
    doneAt: InstantSchema.optional(),
    doneByName: z.string().optional(),
  })
  .openapi('OutboxLine');
export const OutboxSchema = pageOf(OutboxLineSchema);

export const SignInCodeParams = z.object({ signInCode: IdSchema });
const CodeToReadSchema = z.object({
  id: z.string(),
  number: z.string().openapi({
    description:
      '请求号：居民的登录页上也有，一人同时有几个时凭它认 · Also on the page that asked; it tells several of one resident apart',
  }),
  person: OutboxLineSchema.shape.person,
  sharedWith: z.array(OutboxLineSchema.shape.person).openapi({
    description: '合用这个手机的人 · Who shares the phone: it may be any of them who asks',
  }),
  endsAt: InstantSchema,
});
export const CodesToReadSchema = pageOf(CodeToReadSchema.openapi('CodeToRead'));
export const ReadCodeSchema = z
  .object({ digits: z.string().openapi({ example: '314159' }) })
  .openapi('ReadCode');

export const ToldSchema = z.strictObject({ version: z.int().min(1).max(1_000) }).openapi('Told');
