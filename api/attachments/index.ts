/**
 * Files that hang on things of other modules. The module whose thing it is declares the routes, and with them who may read
 * and add; a `thing` is its word for the sort of thing.
 */
export { attaching, attachmentRefusal, keptOf, withdrawing, type FileDeed } from './attach.ts';
export { attachmentsAsClaimed } from './attachment-claims.ts';
export { addedIn, attachmentsById, attachmentsOf, findAttachment, type Hanging } from './attachments.ts';
export { takeUpBefore } from './bound.ts';
export { checkContents } from './check-contents.ts';
export { giveFile, MOST_SENT, readFile } from './read-file.ts';
export { FILE_TYPES } from './files/clean-file.ts';
