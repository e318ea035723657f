import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { AccessAction } from './access-log.ts';
import type { MergeEffects } from './merge-effects.ts';

/**
 * Who is who. Names and phones live in `people` and nowhere else, so that erasing a person is emptying one row; the
 * ledger knows only the random id. `users`, `sessions`, `credentials` and `verifications` are better-auth's (it calls
 * them user, session, account, verification): a user has the id of its person, its name is the user name, and its
 * address is made up, since nobody needs an e-mail address to collect points.
 */
export const identityTables = (kit: Kit) => ({
  people: kit.table(
    'people',
    {
      id: kit.id(),
      /** Null once erased, as phone and initials are. */
      name: kit.text(),
      phone: kit.text(),
      /** Pinyin initials of the name, for whoever looks somebody up at a desk. */
      initials: kit.text(),
      createdAt: kit.instant().notNull(),
      erasedAt: kit.instant(),
      /** Of somebody who was registered twice: the row that stays. Never a row that was merged itself. */
      mergedInto: kit.text(),
      version: kit.integer().notNull(),
    },
    (t) => [
      kit.index('people_phone').on(t.phone),
      kit.index('people_name').on(t.name),
      kit
        .index('people_merged')
        .on(t.mergedInto)
        .where(sql`${t.mergedInto} is not null`),
      kit.check(
        'people_erased',
        sql`${t.erasedAt} is null or (${t.name} is null and ${t.phone} is null and ${t.initials} is null)`,
      ),
    ],
  ),

  /** One human who stands twice in `people`: asked for by one colleague, decided by another (api/places/merge). */
  personMerges: kit.table(
    'person_merges',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      /** The estate or other place whose colleagues decide; for the access log as well. */
      place: kit.text().notNull(),
      keeper: kit.text().notNull(),
      duplicate: kit.text().notNull(),
      reason: kit.text().notNull(),
      state: kit.text().$type<'waiting' | 'approved' | 'refused' | 'withdrawn'>().notNull(),
      askedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      decidedBy: kit.text(),
      decidedAt: kit.instant(),
      /** Why it was refused. */
      answer: kit.text(),
      /** What became of what the duplicate had: ids, days and counts, no names. */
      effects: kit.json<MergeEffects>(),
    },
    (t) => [
      kit.index('person_merges_book').on(t.book, t.state, t.id),
      kit.index('person_merges_keeper').on(t.keeper, t.state),
      kit.index('person_merges_gone').on(t.duplicate, t.state),
      // Somebody is merged away once, and waits for that once.
      kit
        .uniqueIndex('person_merges_duplicate')
        .on(t.duplicate)
        .where(sql`${t.state} in ('waiting', 'approved')`),
      kit.check(
        'person_merges_state_known',
        sql`${t.state} in ('waiting', 'approved', 'refused', 'withdrawn')`,
      ),
    ],
  ),

  roles: kit.table(
    'roles',
    {
      id: kit.id(),
      person: kit.text().notNull(),
      role: kit.text().notNull(),
      /** '' means everywhere. */
      place: kit.text().notNull(),
      validFrom: kit.instant().notNull(),
      /** Exclusive; null while it goes on. */
      validTo: kit.instant(),
      grantedBy: kit.text().notNull(),
    },
    (t) => [
      kit.index('roles_person').on(t.person),
      kit.index('roles_place').on(t.place, t.role),
      kit.index('roles_given').on(t.place, t.id),
      // One running role of a kind at a place: granting it twice is a slip of two colleagues.
      kit
        .uniqueIndex('roles_running')
        .on(t.person, t.role, t.place)
        .where(sql`${t.validTo} is null`),
    ],
  ),

  systemKeys: kit.table(
    'system_keys',
    {
      id: kit.id(),
      name: kit.text().notNull(),
      /** The key's first characters, so that a person can tell keys apart. */
      prefix: kit.text().notNull(),
      /** SHA-256 of the whole key. It is 256 random bits, so it needs no salt and no slow hash. */
      hash: kit.text().notNull().unique(),
      scopes: kit.json<string[]>().notNull(),
      book: kit.integer().notNull(),
      place: kit.text().notNull(),
      createdBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      revokedAt: kit.instant(),
      lastUsedAt: kit.instant(),
    },
    (t) => [kit.index('system_keys_book').on(t.book, t.id)],
  ),

  /**
   * A one-time link by which somebody chooses a user name and a password of their own. `person` is null for the set-up
   * link, which makes the first administrator. Only the SHA-256 of its token is kept.
   */
  invitations: kit.table(
    'invitations',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      person: kit.text(),
      /** For the list of those who invite there; '' for the set-up link. */
      place: kit.text().notNull(),
      tokenHash: kit.text().notNull().unique(),
      createdBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      endsAt: kit.instant().notNull(),
      usedAt: kit.instant(),
      /** Called off, or replaced by a newer one. */
      cancelledAt: kit.instant(),
    },
    (t) => [
      kit.index('invitations_place').on(t.place, t.id),
      kit.index('invitations_person').on(t.person, t.id),
    ],
  ),

  /** One-time codes for signing in by phone; nothing of the code or of the phone is in them (sign-in-codes.ts). */
  signInCodes: kit.table(
    'sign_in_codes',
    {
      id: kit.id(),
      phoneKey: kit.text().notNull(),
      /** Null where nobody has this phone, or more than one until one of them was chosen. */
      person: kit.text(),
      /** Who shares the phone, where more than one does. */
      people: kit.json<string[]>(),
      /** Where staff may read it out; '' for nowhere. */
      place: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      endsAt: kit.instant().notNull(),
      usedAt: kit.instant(),
    },
    (t) => [
      kit.index('sign_in_codes_phone').on(t.phoneKey, t.id),
      kit.index('sign_in_codes_place').on(t.place, t.id),
      kit.index('sign_in_codes_end').on(t.endsAt),
    ],
  ),

  /** Whose WeChat is whose, per app of WeChat's; of the openid there is only a keyed hash (wechat/wechat-marks.ts). */
  wechatBindings: kit.table(
    'wechat_bindings',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** WeChat's id of the app: openids are an app's own. */
      app: kit.text().notNull(),
      openidKey: kit.text().notNull(),
      person: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('wechat_bindings_openid').on(t.app, t.openidKey),
      kit.uniqueIndex('wechat_bindings_person').on(t.person, t.app),
    ],
  ),

  /** Sign-ins that came back from WeChat, so that none comes back twice; only their hash, until they would have ended. */
  wechatReturns: kit.table(
    'wechat_returns',
    { stateHash: kit.text().primaryKey(), endsAt: kit.instant().notNull() },
    (t) => [kit.index('wechat_returns_end').on(t.endsAt)],
  ),

  /** Tries that count towards a lock; `subject` is a keyed hash of a user name or an address, never the thing itself. */
  signInAttempts: kit.table('sign_in_attempts', {
    subject: kit.text().primaryKey(),
    tries: kit.integer().notNull(),
    /** The window or, once full, the lock ends here. */
    endsAt: kit.instant().notNull(),
  }),

  /** Who saw or took away what, or chose whose password: names unmasked, exports, erasures, sign-ins given, roles ended. */
  accessLog: kit.table(
    'access_log',
    {
      id: kit.id(),
      at: kit.instant().notNull(),
      actor: kit.text().notNull(),
      action: kit.text().$type<AccessAction>().notNull(),
      /** Ids only: `person:<id>`, `roster:<estate>`. */
      subject: kit.text().notNull(),
      place: kit.text().notNull(),
      reason: kit.text().notNull(),
    },
    (t) => [
      kit.index('access_log_place').on(t.place, t.id),
      kit.index('access_log_subject').on(t.subject, t.id),
    ],
  ),

  users: kit.table('users', {
    id: kit.id(),
    name: kit.text().notNull(),
    email: kit.text().notNull().unique(),
    emailVerified: kit.boolean().notNull(),
    image: kit.text(),
    createdAt: kit.dateTime().notNull(),
    updatedAt: kit.dateTime().notNull(),
    username: kit.text().unique(),
    displayUsername: kit.text(),
  }),

  sessions: kit.table(
    'sessions',
    {
      id: kit.id(),
      expiresAt: kit.dateTime().notNull(),
      token: kit.text().notNull().unique(),
      createdAt: kit.dateTime().notNull(),
      updatedAt: kit.dateTime().notNull(),
      ipAddress: kit.text(),
      userAgent: kit.text(),
      userId: kit.text().notNull(),
    },
    (t) => [kit.index('sessions_user').on(t.userId), kit.index('sessions_expiry').on(t.expiresAt)],
  ),

  credentials: kit.table(
    'credentials',
    {
      id: kit.id(),
      accountId: kit.text().notNull(),
      providerId: kit.text().notNull(),
      userId: kit.text().notNull(),
      accessToken: kit.text(),
      refreshToken: kit.text(),
      idToken: kit.text(),
      accessTokenExpiresAt: kit.dateTime(),
      refreshTokenExpiresAt: kit.dateTime(),
      scope: kit.text(),
      password: kit.text(),
      createdAt: kit.dateTime().notNull(),
      updatedAt: kit.dateTime().notNull(),
    },
    (t) => [kit.uniqueIndex('credentials_user').on(t.userId, t.providerId)],
  ),

  verifications: kit.table(
    'verifications',
    {
      id: kit.id(),
      identifier: kit.text().notNull(),
      value: kit.text().notNull(),
      expiresAt: kit.dateTime().notNull(),
      createdAt: kit.dateTime().notNull(),
      updatedAt: kit.dateTime().notNull(),
    },
    (t) => [kit.index('verifications_identifier').on(t.identifier)],
  ),
});
