export * from './kinds.ts';
export { expiryNoticeDue, FIRST_NOTICE_MS } from './when.ts';
export { bodyOf, titleOf, type Facts, type Words } from './words.ts';
