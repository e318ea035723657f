import { ActedBySchema, PresentShape } from '../identity/index.ts';
import { IdSchema, InstantSchema, pageOf, pageQuery, text, z } from '../platform/index.ts';
import { MovementSchema, TransactionParams } from '../programme/index.ts';
import { DEEDS, DESKS, STATES } from './rules/index.ts';

const MOST_CHARACTERS = 500;

export const InquiryParams = z.object({ inquiry: IdSchema });
export const PlaceParams = z.object({ place: IdSchema });

const VersionSchema = z
  .int()
  .min(1)
  .max(1_000)
  .openapi({ description: 'As it was shown; another change since then is told.' });

export const QuestionSchema = z
  .strictObject({
    text: text(MOST_CHARACTERS).openapi({ example: '那天我服务了三个小时，怎么只记了两个？' }),
  })
  .openapi('Question');
export const QuestionAtDeskSchema = QuestionSchema.extend(PresentShape).openapi('QuestionAtDesk');
export const AnswerSchema = z
  .strictObject({ text: text(MOST_CHARACTERS), version: VersionSchema })
  .openapi('AnswerToInquiry');
export const SeenSchema = z.strictObject({ version: VersionSchema }).openapi('SeenInquiry');

const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });
export const AskForResidentParams = ResidentParams.extend(TransactionParams.shape);
export { ResidentParams, TransactionParams };

export const OwnQuery = pageQuery(['newest']).extend({
  transaction: TransactionParams.shape.transaction.optional(),
});
export const DeskQuery = pageQuery(['oldest', 'newest']).extend({
  desk: z.enum(DESKS).optional().openapi({ description: 'The one that the asker works at, if not given.' }),
  waiting: z.enum(['yes', 'no']).optional().openapi({ description: 'Whether an answer is still awaited.' }),
});

const WordSchema = z.object({
  deed: z.enum(DEEDS),
  text: z.string().optional(),
  at: InstantSchema,
  byMe: z.boolean(),
  byName: z.string().optional().openapi({ description: 'Masked.', example: '周*' }),
});

export const InquirySchema = z
  .object({
    id: z.string(),
    version: z.int(),
    state: z.enum(STATES),
    desk: z.enum(DESKS),
    place: z.string(),
    placeName: z.string(),
    mayReopen: z.boolean(),
    mayWithdraw: z.boolean().openapi({
      description:
        '别人代提、还没答复的，本人可以收回 · Asked by another, not answered: its member may close it',
    }),
    askedAt: InstantSchema,
    actedBy: ActedBySchema.optional(),
    about: MovementSchema.openapi({ description: 'The transaction, as its member sees it.' }),
    words: z.array(WordSchema),
    member: z
      .object({ name: z.string(), tail: z.string() })
      .optional()
      .openapi({ description: 'For the desk: masked, with the end of the phone.' }),
    recordedByMe: z.boolean().optional().openapi({
      description:
        'For the desk: whoever recorded the transaction, or asked for its member, does not answer.',
    }),
  })
  .openapi('Inquiry');
export const InquiriesSchema = pageOf(InquirySchema);

export const WaitingInquiriesSchema = z
  .object({ desks: z.array(z.object({ desk: z.enum(DESKS), waiting: z.int() })) })
  .openapi('WaitingInquiries');
