import { InstantSchema, pageOf, say, text, z } from '../platform/index.ts';
import { accessActions } from './access-log.ts';
import { PhoneSchema } from './phone.schemas.ts';

const ActionSchema = z.enum(accessActions);

/** Compared and never looked up: whoever it is, the list has what it has. */
const WhoSchema = text(60);

const PEOPLE = /^[\w-]{1,40}(?:,[\w-]{1,40}){0,19}$/;

/** A number is sent in a body: an address is kept in histories and logs. */
export const LoggedPhoneSchema = z.strictObject({ phone: PhoneSchema }).openapi('LoggedPhone');
export const LoggedPeopleSchema = z.object({
  people: z
    .array(z.string())
    .openapi({ description: '编号；空：这里没有他的记录 · Ids; empty: nothing here is about them' }),
});

export const AccessLogQuery = z.object({
  action: ActionSchema.optional(),
  actor: WhoSchema.optional().openapi({ description: '经手人的编号 · The id of who did it' }),
  people: z
    .string()
    .regex(PEOPLE, say('编号用逗号隔开，最多 20 个', 'Ids with commas between, 20 at most'))
    .optional()
    .openapi({
      description:
        '人的编号，用逗号隔开：这些人做的，和对这些人做的 · Ids of people: what they did, and what was done with them',
    }),
  subject: WhoSchema.optional().openapi({ description: '被查看的人的编号 · The id of whom it was about' }),
});

export const AccessLogPageSchema = pageOf(
  z.object({
    id: z.string(),
    at: InstantSchema,
    action: ActionSchema,
    actor: z
      .string()
      .openapi({ description: '`person:`、`key:` 或 `operator:` 开头 · Begins with one of these' }),
    actorName: z.string(),
    subject: z.string(),
    subjectName: z.string().openapi({ description: '已脱敏 · Masked' }),
    reason: z.string(),
  }),
).openapi('AccessLogPage');
