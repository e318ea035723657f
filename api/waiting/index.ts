/** What waits for somebody at a desk, put together from what each module knows. */
export { waitingRoutes } from './waiting.routes.ts';
