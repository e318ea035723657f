/** What the server may use of the demo: its routes, mounted only when the demo itself started the server. */
export { demoRoutes, type Demo } from './demo.routes.ts';
