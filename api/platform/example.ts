/**
 * What the examples of the documentation name: plausible ids and texts, each with one meaning. The test that sends the
 * examples puts the real thing of its world in the place of each (tests/support/example-world.ts).
 */
const PREFIX = '01890a5d-ac96-774b-bcce-b302099a';

/** An id that reads like a real one, the same at every start. */
function id(at: number): string {
  return `${PREFIX}${(0x8000 + at).toString(16)}`;
}

export const named = {
  street: id(0x01),
  community: id(0x02),
  estate: id(0x03),
  merchant: id(0x04),
  house: id(0x05),
  person: id(0x06),
  /** A resident who cannot sign in yet. */
  neighbour: id(0x17),
  /** Lives in the estate, and cannot sign in yet. */
  resident: id(0x60),
  /** Two registrations of one human: the one that stays, and the other. */
  keeper: id(0x61),
  duplicate: id(0x62),
  /** What was seen of these two, and of the two of a merge that waits. */
  seenTogether: 'hQ7mZk2Vt9c0Xw5LrYb3uN8eJ1sPfGdA4oKiTqRvE6M',
  seenWaiting: 'Zk2Vt9c0Xw5LrYb3uN8eJ1sPfGdA4oKiTqRvE6MhQ7m',
  /** A merge that a colleague asked for, and one that the caller did. */
  personMerge: id(0x63),
  ownMerge: id(0x64),
  /** An invitation to a post that waits to be used. */
  invitation: id(0x18),
  /** The links of one, and of a deployment that nobody administers yet. */
  link: 'rJ0Q0m3lq1o3Zq7wXK0yq5G2r9b1nV8sT4uH6dE2fYc',
  setUpLink: 'b7Q2xT9mK4pL0sW8vN3dR6hJ1fC5gZ2yU8eA0iO4tMk',
  /** A person's role, given. */
  grant: id(0x07),
  systemKey: id(0x08),
  fund: id(0x09),
  /** Asked for and not approved yet. */
  budget: id(0x0a),
  /** A service that waits for its rating, recorded by somebody else. */
  service: id(0x0b),
  /** Goods of the shop with the price of the moment, others that cost less, and some of another outlet. */
  goods: id(0x108),
  goodsPrice: id(0x109),
  otherGoods: id(0x10a),
  otherPrice: id(0x10b),
  goodsThere: id(0x10c),
  /** Goods with a photo, and the photo. */
  goodsWithPhoto: id(0x111),
  goodsPhoto: id(0x112),
  /** A count that somebody else made. */
  stocktaking: id(0x10d),
  /** The member's order, a line of it, and one for which the shop offers something else. */
  order: id(0x10e),
  orderLine: id(0x10f),
  orderToChange: id(0x110),
  pickUpDigits: '482 016 7395',
  purchase: id(0x0c),
  redemption: id(0x0d),
  /** A 积分码 that the till has just looked up. */
  code: id(0x0e),
  /** A file of bills that the accountant took in and on which nothing hangs, and a bill that nothing was paid of. */
  billsToUndo: id(0x178),
  billToCorrect: id(0x179),
  /** A bill of which something can still be offset. */
  bill: id(0x0f),
  /** An offset that was not handed over yet. */
  offset: id(0x10),
  /** Offsets handed over to the firm. */
  batch: id(0x11),
  /** A batch of which nothing is posted, and one that a colleague asks to have back. */
  openBatch: id(0xc0),
  batchAskedBack: id(0xc1),
  /** Changes of a firm's settings: two that wait, and one in force. */
  firmChange: id(0xe0),
  firmChangeDeclined: id(0xe1),
  firmChangeMade: id(0xe2),
  /** The roster as it was imported. */
  rosterImport: id(0x12),
  postedList: id(0x13),
  /** A difference that is still open. */
  break: id(0x14),
  /** What a funder says of June. */
  funderStatement: id(0xdc),
  /** Of another one: rows of either side that may be the same, and a pair that was made. */
  tiedStatement: id(0x100),
  openRowOfTheirs: id(0x101),
  openRowOfOurs: id(0x102),
  fundPairing: id(0x103),
  /** A difference for which the accountant asked for something that takes two. */
  askedBreak: id(0xd8),
  /** A break that was written off. */
  writtenOffBreak: id(0xf8),
  /** A break with evidence attached, and that piece. */
  evidencedBreak: id(0xf9),
  colleaguesBreak: id(0x160),
  attachment: id(0xfa),
  /** A month closed by somebody else. */
  closure: id(0x15),
  verification: id(0x16),
  /** A month that a colleague asks to have closed. */
  closureRequest: id(0x48),
  /** A resident's belonging to a house. */
  residency: id(0x49),
  /** The rule of services in force, and a version of it whose day is still to come. */
  ruleVersion: id(0x58),
  comingRule: id(0x59),
  /** How a shop is paid for the points that it takes, and its clearing party. */
  agreement: id(0x5a),
  clearing: id(0x5b),
  /** Settlements: one that waits for its payee, those that the examples confirm, object to, answer and pay. */
  settlement: id(0x120),
  settlementToConfirm: id(0x121),
  settlementToDispute: id(0x122),
  settlementDisputed: id(0x123),
  settlementAgreed: id(0x124),
  /** A payment, and one that a colleague asks to have back. */
  payment: id(0x125),
  paymentAskedBack: id(0x126),
  paymentToReceive: id(0x1c0),
  settlementPaid: id(0x1c1),
  /** A kind of points that a community made. */
  unit: id(0x7c),
  /** A question that waits for its answer, and one of the member's that has it. */
  inquiry: id(0x50),
  answeredInquiry: id(0x51),
  /** A notice of the member's, and a message that waits to be told. */
  notice: id(0x52),
  delivery: id(0x53),
  /** A sign-in code that waits to be read out, and a phone with the code that came to it and what its asker got. */
  signInCode: id(0x54),
  phone: '136 2718 2818',
  phoneCode: '314159',
  phoneChallenge: `${id(0xa4)}.mQ8r2Vt6yB0nE4hJ9kL1pS5wX7zA3cD6fG8iK0lM2oQ`,
  /** One of two who share a phone, after its code was shown; a code to the own phone of who has no password yet. */
  sharer: id(0x78),
  phoneTicket: `${id(0x79)}.yKx1TqB0r2u3W4e5Z6a7S8d9F0g1H2j3K4l5M6n7B8v`,
  ownCode: '161803',
  ownChallenge: `${id(0xa5)}.R4tY6uI8oP0aS2dF5gH7jK9lZ1xC3vB5nM7qW0eT2yU`,
  /** A consent by which somebody may act for the member, and somebody who lives with them. */
  helper: id(0x68),
  housemate: id(0x69),
  helperDigits: '2046 8135',
  /** The firm that serves the estate, and another one near it. */
  firm: id(0xc8),
  otherFirm: id(0xc9),
  /** Where a partner is told of a shop's sales, and what it was told. */
  webhook: id(0x140),
  webhookMessage: id(0x141),
  /** A release of volunteer points. */
  transaction: '1099511627917',
  /** The latest entry of the member’s, about which nobody has asked. */
  latestEntry: '1099511628030',
  /** The digits of a live code, as a till types them. */
  digits: '8215 3047 6092',
  username: 'wang.yulan',
  password: 'spring 2026 osmanthus',
} as const;

export type NamedInExamples = keyof typeof named;
