/** Every column that knows a person is one of which a merge knows what to do. */
import { getTableColumns } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { sqliteTables } from '../../api/db/schema.ts';
import { columnsOfPeople } from '../../api/places/person-columns.ts';

/** Tables whose own id is that of a person. */
const BY_ID = ['people.id', 'users.id', 'noticeSettings.id'];
const ABOUT =
  /^(person|member|owner|userId|accountId|keeper|duplicate|mergedInto|resident|customer|volunteer|principal|proxy)$/;
const columns = Object.entries(sqliteTables).flatMap(([table, of]) =>
  Object.keys(getTableColumns(of)).map((column) => ({ table, column })),
);

it('a table with a person in it cannot be forgotten by a merge', () => {
  const about = columns
    .filter(({ column }) => ABOUT.test(column))
    .map(({ table, column }) => `${table}.${column}`);
  expect([...about, ...BY_ID].toSorted()).toEqual(Object.keys(columnsOfPeople).toSorted());
});
