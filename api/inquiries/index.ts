/** Questions of members about their transactions, and who answers them. */
export { answersToTell, markTold } from './answers-to-tell.ts';
export { answerInquiry } from './answer-inquiry.ts';
export { askAbout } from './ask-about.ts';
export { inquiriesRoutes } from './inquiries.routes.ts';
export { inquiriesAtDeskRoutes } from './desk.routes.ts';
export { inquiriesWaiting } from './waiting-answers.ts';
