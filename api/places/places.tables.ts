import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { EndReason } from './houses.ts';
import type { ImportRefusal } from './import-refusal.ts';

/**
 * Where things belong. People, households and houses are three things: `residencies` link a person to a house for a
 * time. Names of people are not here but in identity's erasable store.
 */
export const placesTables = (kit: Kit) => ({
  /** The tree district → street → community → estate; merchants, firms and clearing parties are places too. */
  places: kit.table(
    'places',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      /** '' for the root of a book. */
      parent: kit.text().notNull(),
      kind: kit
        .text()
        .$type<'district' | 'street' | 'community' | 'estate' | 'merchant' | 'firm' | 'clearing'>()
        .notNull(),
      name: kit.text().notNull(),
      /** Its code in the official divisions, where it has one: nine digits for a street, twelve for a community. */
      division: kit.text(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('places_parent').on(t.parent, t.kind, t.id),
      kit.index('places_kind').on(t.kind, t.id),
      kit.uniqueIndex('places_identity').on(t.book, t.parent, t.kind, t.name),
      kit.check(
        'places_kind_known',
        sql`${t.kind} in ('district', 'street', 'community', 'estate', 'merchant', 'firm', 'clearing')`,
      ),
    ],
  ),

  /** Which property firm serves an estate, by the day; one without a row is served by the only firm near it. */
  estateFirms: kit.table(
    'estate_firms',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      firm: kit.text().notNull(),
      /** Calendar days; `until` is the first day of the next firm, null while it goes on. */
      since: kit.date().notNull(),
      until: kit.date(),
      reason: kit.text().notNull(),
      /** `person:<id>`; '' where it was the only firm that there was. */
      namedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('estate_firms_estate').on(t.estate, t.since),
      kit.index('estate_firms_firm').on(t.firm, t.estate),
    ],
  ),

  /** Building, unit and room are texts: 0501 is not 501. Unit '' where a building has none. */
  houses: kit.table(
    'houses',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      building: kit.text().notNull(),
      unit: kit.text().notNull(),
      room: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('houses_identity').on(t.estate, t.building, t.unit, t.room)],
  ),

  residencies: kit.table(
    'residencies',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      house: kit.text().notNull(),
      person: kit.text().notNull(),
      relation: kit.text().$type<'owner' | 'family' | 'tenant'>().notNull(),
      /** Calendar days; `until` is the first day on which it no longer holds, null while it goes on. */
      since: kit.date().notNull(),
      until: kit.date(),
      /** Why it ended, where a colleague ended it; a roster gives only the day. */
      endReason: kit.text().$type<EndReason>(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('residencies_house').on(t.house, t.person),
      kit.index('residencies_person').on(t.person, t.house),
      kit.check('residencies_relation_known', sql`${t.relation} in ('owner', 'family', 'tenant')`),
    ],
  ),

  /** A file that was imported; the same bytes for the same place are recognised. */
  imports: kit.table(
    'imports',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      kind: kit.text().$type<'roster' | 'bills' | 'posted-list' | 'funder-statement'>().notNull(),
      fileName: kit.text().notNull(),
      fileHash: kit.text().notNull(),
      rowsAccepted: kit.integer().notNull(),
      rowsRejected: kit.integer().notNull(),
      /** What was found beside the rows: totals, encoding, warnings; no personal data. */
      summary: kit.json<Record<string, unknown>>().notNull(),
      importedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('imports_file').on(t.place, t.kind, t.fileHash),
      kit.index('imports_place').on(t.place, t.kind, t.id),
    ],
  ),

  /** A file on its way in, whether or not the page that sent it still waits; what came of it when it has ended. */
  importRuns: kit.table(
    'import_runs',
    {
      id: kit.id(),
      place: kit.text().notNull(),
      kind: kit.text().$type<'roster' | 'bills' | 'posted-list' | 'funder-statement'>().notNull(),
      fileName: kit.text().notNull(),
      state: kit.text().$type<'running' | 'taken' | 'refused' | 'failed'>().notNull(),
      stage: kit.text().$type<'reading' | 'comparing' | 'writing'>().notNull(),
      /** Of the file, as far as they were counted. */
      rows: kit.integer().notNull(),
      startedBy: kit.text().notNull(),
      startedAt: kit.instant().notNull(),
      heartbeatAt: kit.instant().notNull(),
      endedAt: kit.instant(),
      /** The import that came of it. */
      import: kit.text(),
      counts: kit.json<Readonly<Record<string, number>>>(),
      /** Why it was refused; of the file, and of nobody in it. */
      refusal: kit.json<ImportRefusal>(),
    },
    (t) => [
      kit.index('import_runs_place').on(t.place, t.kind, t.id),
      kit.check('import_runs_state_known', sql`${t.state} in ('running', 'taken', 'refused', 'failed')`),
    ],
  ),
});
