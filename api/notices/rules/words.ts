/** A notice in words: short sentences with amount and date, as an elder reads them, on a screen, by SMS and on a slip. */
import type { NoticeKind } from './kinds.ts';

export type Words = { zh: string; en: string };

/** What a notice is about; never a name or a phone. */
export type Facts = {
  /** When it happened, or the last day on which the points can be used: `2026-06-30`. */
  day: string;
  points: readonly { unit: string; amount: number }[];
  /** What its module says of it: 兑换：洗衣液 1 瓶. */
  what?: Words;
  /** The name of the place. */
  place?: string;
  /** Of a helper: what they may do, and the number of the paper that the resident signed. */
  may?: 'view' | 'spend';
  paper?: string;
  /** Who did it for them. */
  as?: 'relative' | 'staff';
  /** Of what ended because whoever they acted for has died. */
  ofDeath?: true;
};

const UNITS: Readonly<Record<string, Words>> = {
  VOL: { zh: '志愿积分', en: 'volunteer points' },
  CON: { zh: '消费积分', en: 'consumer points' },
};
const OTHER_UNIT: Words = { zh: '积分', en: 'points' };

const TITLES: Readonly<Record<NoticeKind, Words>> = {
  'expiry-30': { zh: '积分快到期了', en: 'Points end soon' },
  'expiry-7': { zh: '积分马上到期，请尽快用', en: 'Points end within a week' },
  'award-released': { zh: '志愿积分到账', en: 'Points have come' },
  'offset-posted': { zh: '物业费抵扣已入账', en: 'Your offset was posted' },
  'code-used': { zh: '您的积分码用掉了积分', en: 'Points were taken by your code' },
  'inquiry-answered': { zh: '您的疑问有答复了', en: 'Your question was answered' },
  'helper-named': { zh: '您请了家人代办', en: 'Somebody may act for you' },
  'helps-now': { zh: '有家人请您代办', en: 'You may act for somebody' },
  'helper-ended': { zh: '家人代办已经结束', en: 'Acting for each other has ended' },
  'acted-for': { zh: '有人替您用了积分', en: 'Points were used for you' },
  'paid-along': { zh: '家人抵费用，也用了您的积分', en: 'Your points paid along' },
  'given-back': { zh: '和家人一起抵的，退回了', en: 'What the household offset came back' },
  'order-ended': { zh: '您的订单没有取，积分退回了', en: 'Your order came back' },
  'offset-left': { zh: '您的抵扣没有交给物业', en: 'Your offset was not handed over' },
  'offset-reversed': { zh: '物业费抵扣冲回了', en: 'Your offset was reversed' },
  'asked-for': { zh: '有人替您提了疑问', en: 'A question was asked for you' },
  merged: { zh: '您的两份登记合成了一份', en: 'Your two records are now one' },
  'code-read': { zh: '工作人员读过您的登录验证码', en: 'Staff read your sign-in code' },
};

export function titleOf(kind: NoticeKind): Words {
  return TITLES[kind];
}

export function bodyOf(kind: NoticeKind, facts: Facts): Words {
  const day = dayWords(facts.day);
  const points = pointsWords(facts.points);
  const what = facts.what ?? { zh: '', en: '' };
  switch (kind) {
    case 'expiry-30':
    case 'expiry-7':
      return {
        zh: `您有 ${points.zh}，用到${day.zh}为止，过期就不能再用了。可以抵物业费，也可以到积分超市兑换。`,
        en: `You have ${points.en} that can be used until ${day.en}: for property fees, or at the points shop.`,
      };
    case 'award-released':
      return {
        zh: `${day.zh}，${what.zh || '志愿服务'}，到账 ${points.zh}，现在就可以用。`,
        en: `${day.en}: ${what.en || 'volunteering'}; ${points.en} have come and can be used now.`,
      };
    case 'offset-posted':
      return {
        zh: `${day.zh}，${what.zh || '物业已入账'}，用了 ${points.zh}。`,
        en: `${day.en}: ${what.en || 'posted by the firm'}; ${points.en} were used.`,
      };
    case 'code-used':
      return {
        zh: `${day.zh}${facts.place ? `，在${facts.place}` : ''}，${what.zh || '兑换'}，用了 ${points.zh}。不是您本人办的，请马上告诉社区工作人员。`,
        en: `${day.en}${facts.place ? `, at ${facts.place}` : ''}: ${what.en || 'redeemed'}; ${points.en} were used. If it was not you, tell community staff at once.`,
      };
    case 'code-read':
      return {
        zh: `${day.zh}，社区工作人员替您读了一次登录验证码。不是您本人要的，请马上告诉社区。`,
        en: `On ${day.en} community staff read a sign-in code out for you. If you did not ask, tell the community at once.`,
      };
    case 'helper-named':
      return {
        zh: `${paperWords(facts).zh}您请了一位家人代办，${MAY[facts.may ?? 'view'].zh}，到${day.zh}为止。可以随时结束。不是您本人的意思，请马上告诉社区工作人员。`,
        en: `${paperWords(facts).en}A relative may act for you (${MAY[facts.may ?? 'view'].en}) until ${day.en}. You can end it at any time. If you did not want this, tell community staff at once.`,
      };
    case 'helps-now':
      return {
        zh: `一位家人请您代办，${MAY[facts.may ?? 'view'].zh}，到${day.zh}为止。登录以后，在“请家人代办”里选他，就可以替他办。`,
        en: `A relative lets you act for them (${MAY[facts.may ?? 'view'].en}) until ${day.en}. Sign in and choose them under “Helpers”.`,
      };
    case 'helper-ended':
      if (facts.ofDeath)
        return {
          zh: `${day.zh}，家人代办已经停止。有疑问请联系社区工作人员。`,
          en: `On ${day.en} acting for your relative has stopped. If you have a question, please ask community staff.`,
        };
      return {
        zh: `${day.zh}，家人代办结束了，从现在起不能再代办。需要的话可以重新登记。`,
        en: `On ${day.en} acting for each other has ended. It can be arranged anew.`,
      };
    case 'acted-for':
      return {
        zh: `${day.zh}${facts.place ? `，在${facts.place}` : ''}，${DONE_BY[facts.as ?? 'relative'].zh}替您办了：${what.zh || '用积分'}，${points.zh === '' ? '用的是家人同意一起抵的积分' : `用了 ${points.zh}`}。不是您的意思，请马上告诉社区工作人员。`,
        en: `${day.en}${facts.place ? `, at ${facts.place}` : ''}: ${DONE_BY[facts.as ?? 'relative'].en} did this for you: ${what.en || 'points used'}; ${points.en || 'points of relatives who agreed'} were used. If you did not want it, tell community staff at once.`,
      };
    case 'paid-along':
      return {
        zh: `${day.zh}，${what.zh || '和家人一起抵扣费用'}${DONE_ALONG[facts.as ?? 'self'].zh}，按您同意过的，用了您的 ${points.zh}。不想再一起抵，可以在“我的家”撤回。不是您的意思，请马上告诉社区工作人员。`,
        en: `${day.en}: ${what.en || 'fees offset together'}${DONE_ALONG[facts.as ?? 'self'].en}; as you agreed, ${points.en} of yours were used. You can take your word back under “My home”. If you did not want it, tell community staff at once.`,
      };
    case 'given-back':
      return {
        zh: `${day.zh}，${what.zh || '和家人一起抵的，退回了'}。${points.zh === '' ? '' : `您的 ${points.zh}已经退回，还是原来的到期日。`}这笔费用现在没有抵扣。`,
        en: `${day.en}: ${what.en || 'fees offset together, given back'}. ${points.en === '' ? '' : `${points.en} of yours are back under their own dates. `}The fee is not offset any more.`,
      };
    case 'order-ended':
      return {
        zh: `${day.zh}${facts.place ? `，${facts.place}` : ''}，${what.zh || '订单取消，积分退回'}。您的 ${points.zh}已经退回，还是原来的到期日。`,
        en: `${day.en}${facts.place ? `, ${facts.place}` : ''}: ${what.en || 'order given back'}. ${points.en} of yours are back under their own dates.`,
      };
    case 'offset-left':
      return {
        zh: `${what.zh || '您的抵扣单'}：${day.zh}，物业改了这张账单，或者账单已经收过钱，所以没有交给物业，费用也没有抵扣。预留的积分还是您的：可以在“抵扣”里取消，积分马上退回，再按新账单重新抵扣。`,
        en: `${what.en || 'Your offset'}: on ${day.en} the firm changed the bill, or money was received for it, so that it was not handed over and the fee is not offset. The points set aside are yours: cancel the offset and they are back at once; then offset the new bill.`,
      };
    case 'offset-reversed':
      return {
        zh: `${day.zh}，${what.zh || '物业退回了您的抵扣'}。您的 ${points.zh}已经退回，还是原来的到期日；已经过期的不能再用。这笔费用现在没有抵扣；账单没有作废的，可以重新抵扣或者另外缴纳。`,
        en: `${day.en}: ${what.en || 'the firm gave your offset back'}. ${points.en} of yours are back under their own dates; what has ended by then cannot be used. The fee is not offset any more: unless its bill was cancelled, offset it anew, or pay it.`,
      };
    case 'asked-for':
      return {
        zh: `${day.zh}，${DONE_BY[facts.as ?? 'relative'].zh}替您问了一笔积分（${what.zh || '积分变动'}）。有了答复会告诉您。不是您的意思，请告诉社区工作人员。`,
        en: `On ${day.en} ${DONE_BY[facts.as ?? 'relative'].en} asked about an entry for you (${what.en || 'a movement'}). You are told once it is answered. If you did not want it, tell community staff.`,
      };
    case 'merged':
      return {
        zh: `您在社区登记过两次，${day.zh}起合成了一份：房屋、服务记录和消息都在这一份里，积分没有变。${what.zh}有不对的，请告诉社区工作人员。`,
        en: `You were registered twice. Since ${day.en} your two records are one, with your homes, services and messages; your points are as they were. ${what.en} If something is wrong, tell community staff.`,
      };
    case 'inquiry-answered':
      return {
        zh: `您对一笔积分（${what.zh || '积分变动'}）的疑问，${day.zh}有了答复。打开就能看到；没有手机，可以到社区服务站看。`,
        en: `Your question about an entry (${what.en || 'a movement'}) was answered on ${day.en}. Open it to read; without a phone, come to the community office.`,
      };
  }
}

const MAY = {
  view: { zh: '只能看', en: 'to look only' },
  spend: { zh: '可以看，也可以用积分', en: 'to look and to use points' },
};
const DONE_BY = {
  relative: { zh: '您的家人', en: 'your relative' },
  staff: { zh: '社区工作人员', en: 'community staff' },
};
/** Who did it for the relative that asked. */
const DONE_ALONG = {
  self: { zh: '', en: '' },
  relative: { zh: '（由家人代办）', en: ' (done for them by a relative)' },
  staff: { zh: '（由社区工作人员代办）', en: ' (done for them by community staff)' },
};

function paperWords({ paper }: Facts): Words {
  return paper === undefined
    ? { zh: '', en: '' }
    : { zh: `社区按您签字的单子（编号 ${paper}）登记：`, en: `By the paper that you signed (${paper}): ` };
}

/** 36 分志愿积分、3,189 分消费积分. */
function pointsWords(points: Facts['points']): Words {
  const each = points.map(({ unit, amount }) => {
    const name = UNITS[unit] ?? OTHER_UNIT;
    const figure = grouped(amount);
    return { zh: `${figure} 分${name.zh}`, en: `${figure} ${name.en}` };
  });
  return { zh: each.map(({ zh }) => zh).join('、'), en: each.map(({ en }) => en).join(' and ') };
}

function grouped(amount: number): string {
  return String(Math.abs(amount)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function dayWords(day: string): Words {
  const [year, month, date] = day.split('-').map(Number);
  return { zh: `${year}年${month}月${date}日`, en: day };
}
