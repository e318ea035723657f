import { InstantSchema, MOST_WAITING, waitingKinds, z } from '../platform/index.ts';

export const WaitingSchema = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(waitingKinds),
        count: z.number().int().min(1).max(MOST_WAITING),
        more: z.boolean().openapi({ description: '还有更多，没有再数 · There are more, not counted' }),
        since: InstantSchema.openapi({
          description: '最早的一件从什么时候等起 · Since when the first waits',
        }),
        due: InstantSchema.optional().openapi({ description: '到什么时候为止 · By when' }),
        place: z.object({ id: z.string(), name: z.string() }).openapi({
          description: '最早的一件在哪里 · Where the first of them is',
        }),
      }),
    ),
    placesLeftOut: z.number().int().openapi({
      description:
        '负责的小区太多，还有这么多个没有看 · So many estates are not looked through, the first of them are',
    }),
  })
  .openapi('WaitingForMe');
