/** Questions of members about their transactions, and who answers them. */
export { askAbout } from './ask-about.ts';
export { inquiriesRoutes } from './inquiries.routes.ts';
