/** Protects: two estates of one name in a district. Which one a file is of, its name does not say, so a person does. */
import { and, eq, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { plainEstateName } from './estate-name.ts';
import type { Question } from './import-questions.ts';
import type { Place, Places } from './place-tree.ts';

export async function namesakeQuestion(
  { engine, places }: { engine: Engine; places: Places },
  estate: Place,
): Promise<Question | undefined> {
  const plain = plainEstateName(estate.name);
  const estates = await estatesBeside(engine, estate);
  const twin = estates.find(({ name }) => plainEstateName(name) === plain);
  if (!twin) return undefined;
  const [here, there] = [await places.find(estate.parent), await places.find(twin.parent)];
  // In one community only what stands beside the name tells them apart.
  const [mine, other] =
    here && there && here.id !== there.id ? [here.name, there.name] : [estate.name, twin.name];
  return {
    code: 'estate-namesake',
    zh: `“${plain}”有两个，一个在“${mine}”，一个在“${other}”。没有选错，这是“${mine}”那个小区的文件`,
    en: `There are two estates named “${plain}”, one in “${mine}” and one in “${other}”. This is the file of the one in “${mine}”`,
  };
}

/** All other estates of an estate's book. */
export async function estatesBeside({ reader, tables: { places: t } }: Engine, estate: Place) {
  return reader
    .select({ id: t.id, name: t.name, parent: t.parent })
    .from(t)
    .where(and(eq(t.kind, 'estate'), eq(t.book, estate.book), ne(t.id, estate.id)));
}
