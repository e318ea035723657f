/** Which fields of a route's query and body name something by its id, read from the schemas that validate them. */
import { z, type MountedRoute } from '../../api/platform/index.ts';

/** From the outside in; a number is an item of a list. */
export type FieldPath = readonly (string | number)[];

/** Ids that a schema takes as any text, because what they name is not always a UUID. */
const ID_NAMES: ReadonlySet<string> = new Set(['place', 'owner', 'fund', 'member', 'person']);

export function idFieldsOf(route: MountedRoute): FieldPath[] {
  const { query, body } = route.request ?? {};
  const content = body?.content['application/json'] as { schema?: z.ZodType } | undefined;
  return [query as z.ZodType | undefined, content?.schema].flatMap((schema) =>
    schema === undefined ? [] : [...fieldsOf(schema, [])],
  );
}

function* fieldsOf(schema: unknown, path: FieldPath): Generator<FieldPath> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    yield* fieldsOf(schema.unwrap(), path);
  else if (schema instanceof z.ZodArray) yield* fieldsOf(schema.element, [...path, 0]);
  else if (schema instanceof z.ZodObject) {
    for (const [name, field] of Object.entries(schema.shape)) yield* fieldsOf(field, [...path, name]);
  } else if (schema instanceof z.ZodUUID || ID_NAMES.has(String(path.at(-1)))) yield path;
}

/** The body with the id put in; everything else as it was. */
export function withField(body: unknown, path: FieldPath, id: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return id;
  if (typeof step === 'number') {
    return (body as unknown[]).map((item, i) => (i === step ? withField(item, rest, id) : item));
  }
  const object = (body ?? {}) as Record<string, unknown>;
  return { ...object, [step]: withField(object[step], rest, id) };
}
