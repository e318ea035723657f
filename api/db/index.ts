/** What the rest of the program may use of the database: the column kit, the schema and the engine. */
export type { Kit } from './kit.ts';
export type { Tables } from './schema.ts';
