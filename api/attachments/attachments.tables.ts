import type { Kit } from '../db/index.ts';
import type { FileType } from './files/clean-file.ts';

/** Files that hang on things. Nothing here is ever changed: the databases themselves refuse it. */
export const attachmentTables = (kit: Kit) => ({
  /** Bytes, each kept once, named by their SHA-256 (hex). */
  attachmentContents: kit.table('attachment_contents', {
    id: kit.id(),
    bytes: kit.bytes().notNull(),
    createdAt: kit.instant().notNull(),
  }),

  /** A file that hangs on a thing of another module. */
  attachments: kit.table(
    'attachments',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** Where the thing is; what the sizes of all are added up by. */
      place: kit.text().notNull(),
      /** The thing's sort, a word of its module, and its id. */
      thing: kit.text().notNull(),
      thingId: kit.text().notNull(),
      content: kit.text().notNull(),
      name: kit.text().notNull(),
      type: kit.text().$type<FileType>().notNull(),
      /** Bytes. */
      size: kit.integer().notNull(),
      addedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('attachments_thing').on(t.thing, t.thingId, t.id),
      kit.index('attachments_place').on(t.place, t.createdAt, t.size),
    ],
  ),

  /** An attachment that no longer stands: by whom, and why. */
  attachmentWithdrawals: kit.table(
    'attachment_withdrawals',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      attachment: kit.text().notNull(),
      reason: kit.text().notNull(),
      withdrawnBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('attachment_withdrawals_attachment').on(t.attachment)],
  ),
});

export const appendOnlyAttachmentTables = [
  'attachment_contents',
  'attachments',
  'attachment_withdrawals',
] as const;
