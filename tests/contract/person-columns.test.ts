/** Every column that knows a person is one of which a merge knows what to do. */
import { getTableColumns } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { sqliteTables } from '../../api/db/schema.ts';
import { columnsOfPeople } from '../../api/places/person-columns.ts';

/** Tables whose own id is that of a person. */
const BY_ID = ['people.id', 'users.id', 'noticeSettings.id'];
const ABOUT =
  /^(person|member|owner|userId|accountId|keeper|duplicate|mergedInto|resident|customer|volunteer)$/;
/** Who did something, as `person:<id>`: it stays as it was written, and `idsOfHuman` knows that the two are one. */
const DEED = /^(by|actor|maker|clerk|subject|\w+By)$/;

const columns = Object.entries(sqliteTables).flatMap(([table, of]) =>
  Object.keys(getTableColumns(of)).map((column) => ({ table, column })),
);

it('a table with a person in it cannot be forgotten by a merge', () => {
  const about = columns
    .filter(({ column }) => ABOUT.test(column))
    .map(({ table, column }) => `${table}.${column}`);
  expect([...about, ...BY_ID].toSorted()).toEqual(Object.keys(columnsOfPeople).toSorted());
});

it('who did something is known by the same few names in every table', () => {
  const deeds = columns
    .filter(({ column }) => DEED.test(column))
    .map(({ table, column }) => `${table}.${column}`);
  expect(deeds.toSorted()).toMatchInlineSnapshot(`
    [
      "accessLog.actor",
      "accessLog.subject",
      "agreements.endedBy",
      "agreements.madeBy",
      "bookVerifications.startedBy",
      "breaks.resolvedBy",
      "budgets.approvedBy",
      "budgets.requestedBy",
      "budgets.withdrawnBy",
      "closureRequests.askedBy",
      "closureRequests.endedBy",
      "closures.askedBy",
      "closures.closedBy",
      "closures.reopenedBy",
      "codes.usedBy",
      "deliveries.doneBy",
      "exportBatches.madeBy",
      "imports.importedBy",
      "inquiries.maker",
      "inquiryWords.by",
      "invitations.createdBy",
      "personMerges.askedBy",
      "personMerges.decidedBy",
      "purchases.clerk",
      "purchases.takenBackBy",
      "redemptions.clerk",
      "redemptions.undoneBy",
      "roles.grantedBy",
      "ruleVersions.madeBy",
      "ruleVersions.withdrawnBy",
      "services.ratedBy",
      "services.recordedBy",
      "services.voidedBy",
      "signInAttempts.subject",
      "systemKeys.createdBy",
      "transactions.actor",
    ]
  `);
});
