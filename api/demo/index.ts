/** What the server may use of the demo: its mark, and its routes, mounted only when the demo itself started the server. */
export { demoRefused, isDemo } from './demo-mark.ts';
export { demoRoutes, type Demo } from './demo.routes.ts';
