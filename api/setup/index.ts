/** First run: official divisions, a new book, the template of a programme, and what is still missing. */
export { setupRoutes } from './setup.routes.ts';
