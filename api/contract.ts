/** All that the web may know of the API: the types of its routes and of a problem. */
export type { AppType } from './app.ts';
export type { FieldProblem, ProblemBody, ProblemCode, Role, Words } from './platform/index.ts';
