import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, channelFor, DEFAULTS, expiryNoticeDue, KINDS, titleOf } from './index.ts';

const DAY_MS = 86_400_000;
const END = Date.parse('2028-01-01T00:00+08:00');

describe('points that end', () => {
  it('are told of from 30 days before, and again from 7 days before, and no more once they ended', () => {
    const due = (days: number) => expiryNoticeDue(END, END - days * DAY_MS);
    expect([31, 30.01].map(due)).toEqual([undefined, undefined]);
    expect([30, 20, 7.01].map(due)).toEqual(['expiry-30', 'expiry-30', 'expiry-30']);
    expect([7, 1, 0.001].map(due)).toEqual(['expiry-7', 'expiry-7', 'expiry-7']);
    expect([0, -1].map(due)).toEqual([undefined, undefined]);
  });

  it('are told of twice by whoever looks every hour, whenever they begin to look', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31 * 24, max: 90 * 24 }),
        fc.integer({ min: 1, max: 59 }),
        (hours, minutes) => {
          const told = new Set<string>();
          for (let left = hours * 3_600_000 + minutes * 60_000; left > -DAY_MS; left -= 3_600_000) {
            const kind = expiryNoticeDue(END, END - left);
            if (kind) told.add(kind);
          }
          expect([...told]).toEqual(['expiry-30', 'expiry-7']);
        },
      ),
    );
  });
});

describe('the words', () => {
  const points = [
    { unit: 'CON', amount: 3_189 },
    { unit: 'VOL', amount: 36 },
  ];

  it('say how many points of which kind, and until when', () => {
    expect(bodyOf('expiry-30', { day: '2027-12-31', points }).zh).toBe(
      '您有 3,189 分消费积分、36 分志愿积分，用到2027年12月31日为止，过期就不能再用了。可以抵物业费，也可以到积分超市兑换。',
    );
  });

  it('of a code that was used say where, for what, and what to do if it was somebody else', () => {
    const what = { zh: '兑换：洗衣液 1 瓶', en: 'Redeemed: 洗衣液 1 瓶' };
    const facts = { day: '2026-06-15', points: [{ unit: 'CON', amount: -300 }], what, place: '和美超市' };
    expect(bodyOf('code-used', facts).zh).toBe(
      '2026年6月15日，在和美超市，兑换：洗衣液 1 瓶，用了 300 分消费积分。不是您本人办的，请马上告诉社区工作人员。',
    );
  });

  it('of a helper whose relative died invite nobody to arrange it anew', () => {
    const { zh, en } = bodyOf('helper-ended', { day: '2026-06-20', points: [], ofDeath: true });
    expect(zh).toBe('2026年6月20日，家人代办已经停止。有疑问请联系社区工作人员。');
    expect(en).not.toContain('anew');
    expect(bodyOf('helper-ended', { day: '2026-06-20', points: [] }).zh).toContain('可以重新登记');
  });

  it('are there for every kind, in both languages', () => {
    for (const kind of KINDS) {
      const { zh, en } = bodyOf(kind, { day: '2026-06-15', points });
      expect([zh, en, titleOf(kind).zh, titleOf(kind).en].every((text) => text.length > 4)).toBe(true);
      expect(zh).toContain('2026年6月15日');
    }
  });
});

it('a message takes the desk where its channel has no provider, or its person no phone', () => {
  const sms = { provider: ['sms'], hasPhone: true };
  expect(channelFor(DEFAULTS, sms)).toBe('sms');
  expect(channelFor(DEFAULTS, { ...sms, hasPhone: false })).toBe('desk');
  expect(channelFor(DEFAULTS, { ...sms, provider: [] })).toBe('desk');
  expect(channelFor({ channel: 'wechat' }, sms)).toBe('desk');
  expect(channelFor({ channel: 'desk' }, sms)).toBe('desk');
});
