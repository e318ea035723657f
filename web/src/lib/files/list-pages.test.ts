/** Each list of a desk can be taken away as a file; one that cannot says here why nobody misses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROUTES = join(import.meta.dirname, '../../routes');

const WITHOUT: Readonly<Record<string, string>> = {
  '(auditor)/audit': 'verifications; each has a page of its own to print',
  '(auditor)/audit/transactions':
    'a whole book; its months are drawn from as a sheet (抽查), and `linli export` writes all',
  '(community)/community': 'a home',
  '(community)/community/residents': 'a search that is written down look by look; the roster is the file',
  '(community)/community/residents/[resident]': 'what a resident is shown at the desk; it is printed',
  '(community)/community/residents/[resident]/bills': 'one household’s bills, printed',
  '(community)/community/roster': 'files that came in',
  '(merchant)/counter/goods/[goods]':
    'one goods’ movements; the list of goods gives the file of what is there',
  '(merchant)/counter/orders': 'orders that wait; what was picked up is in the day’s file',
  '(merchant)/counter/stocktaking': 'counts of a shop, a few a year; each has a page of its own',
  '(property)/fees': 'a home',
  '(property)/fees/import': 'files that came in',
  '(property)/fees/months': 'closed months, twelve a year',
  '(property)/fees/months/accounts':
    'changes of a dozen accounts; each voucher says which it was written with',
  '(property)/fees/months/[closure]/pack':
    'a month’s papers for the printer; each page that they come from gives its file',
  '(property)/fees/settings':
    'changes of one firm’s settings, each with its two people; few in a firm’s life',
  '(property)/fees/offsets/layout': 'versions of one form, a few in a firm’s life',
  '(property)/fees/reconcile': 'files that came in',
  '(property)/fees/reconcile/[import]': 'one list’s breaks; the page of breaks gives the file of all',
  '(settlement)/settlement': 'the funds of one place, two or three; each month of one has its file',
  '(settlement)/settlement/dues': 'settlements of one place, one a month with each; each has its own file',
  '(settlement)/settlement/statements/[statement]/pair':
    'rows that are still to be paired; the file of differences has them with their pairs',
  '(staffing)/posts/give': 'a choice of people',
  '(administrator)/setup/places': 'names that were just typed',
  '(administrator)/setup/people': 'names that were just typed',
};
/** A resident’s own, on a phone, and what is posted in public as a page. */
const NO_DESK = /^(\(member\)|\(public\)|\(report\)|account|sign-in)/;

const lists = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  .filter((file) => basename(file) === '+page.server.ts')
  .filter((file) => /\bcursor\b/.test(readFileSync(join(ROUTES, file), 'utf8')) || isOfImports(file))
  .map((file) => dirname(file))
  .filter((folder) => !NO_DESK.test(folder))
  .toSorted();

function isOfImports(file: string): boolean {
  return readFileSync(join(ROUTES, file), 'utf8').includes('importsOf(');
}

function offersFile(folder: string): boolean {
  const parts = readdirSync(join(ROUTES, folder)).filter((part) => part.endsWith('.svelte'));
  return parts.some((part) => readFileSync(join(ROUTES, folder, part), 'utf8').includes('<TableFiles'));
}

it('there are lists to look at', () => expect(lists.length).toBeGreaterThan(12));

it.each(lists)('%s offers its list as a file, or says why not', (folder) => {
  expect([folder, offersFile(folder)]).toEqual([folder, WITHOUT[folder] === undefined]);
});

it.each(Object.keys(WITHOUT))('%s is a list still', (folder) => expect(lists).toContain(folder));
