import { InstantSchema, pageOf, text, z } from '../platform/index.ts';
import { accessActions } from './access-log.ts';

const ActionSchema = z.enum(accessActions);

/** Compared and never looked up: whoever it is, the list has what it has. */
const WhoSchema = text(60);

export const AccessLogQuery = z.object({
  action: ActionSchema.optional(),
  actor: WhoSchema.optional().openapi({ description: '经手人的编号 · The id of who did it' }),
  phone: z.string().max(30).optional().openapi({
    description:
      '手机号：这个人做的，和对这个人做的 · A whole phone number: what that person did, and what was done with them',
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
