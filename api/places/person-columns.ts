/**
 * Every column that holds the id of somebody whom a thing is about, and what a merge does with it. A test holds this
 * against the schema, so that a new table cannot be forgotten. Who did something (`person:<id>`) stays as it was written:
 * `idsOfHuman` knows that the two are one.
 *
 * - `moved`: the keeper's from now on (move-rows.ts). - `planned`: rules/merge-plan.ts says which.
 * - `ended`: links, codes and the like stay on record and work no more. - `sign-in`: moves, or is closed.
 * - `kept`: says what was, or is the merge itself.
 * - `none`: a member meets such rows by their transactions alone, and whoever has an account, or an offset that others
 *   paid, is never merged away.
 */
export const columnsOfPeople = {
  'people.id': 'kept',
  'people.mergedInto': 'moved',
  'personMerges.keeper': 'kept',
  'personMerges.duplicate': 'kept',
  'residencies.person': 'planned',
  'roles.person': 'planned',
  'users.id': 'sign-in',
  'sessions.userId': 'sign-in',
  'credentials.userId': 'sign-in',
  'credentials.accountId': 'sign-in',
  'invitations.person': 'ended',
  'signInCodes.person': 'ended',
  'helperCodes.person': 'ended',
  'proxies.principal': 'ended',
  'proxies.proxy': 'ended',
  'wechatBindings.person': 'ended',
  'codes.member': 'ended',
  'services.member': 'moved',
  'inquiries.member': 'moved',
  'notices.person': 'moved',
  'deliveries.person': 'moved',
  'noticeSettings.id': 'moved',
  'purchases.member': 'none',
  'redemptions.member': 'none',
  'orders.member': 'none',
  'poolConsents.person': 'ended',
  'offsets.member': 'none',
  'breaks.owner': 'moved',
  'offsetParts.member': 'none',
  'accounts.owner': 'none',
  'holds.member': 'none',
  'countedMembers.person': 'none',
} as const satisfies Record<string, 'moved' | 'planned' | 'ended' | 'sign-in' | 'kept' | 'none'>;
