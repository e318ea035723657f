import type { Words } from './language.ts';

/**
 * Every way in which Linli can say no. One line here gives a code its HTTP status, its title, its advice ("what to
 * do now"), its page under /api/docs/problems, its place in OpenAPI and the web's message.
 *
 * - `problem(status, zh title, zh advice, en title, en advice)`: a fault of the request; a try with the same
 *   Idempotency-Key may succeed later.
 * - `refusal(…)`: decided by the rules and remembered with the key; a new try needs a new key.
 */
export interface ProblemEntry {
  readonly status: ProblemStatus;
  readonly title: Words;
  readonly advice: Words;
  readonly remembered: boolean;
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 504;

const entry =
  (remembered: boolean) =>
  (status: ProblemStatus, zh: string, zhAdvice: string, en: string, enAdvice: string): ProblemEntry => ({
    status,
    title: { zh, en },
    advice: { zh: zhAdvice, en: enAdvice },
    remembered,
  });
const problem = entry(false);
export const refusal = entry(true);

// prettier-ignore
export const catalogue = {
  'malformed-request': problem(400, '请求内容读不懂', '请检查发送的内容是不是完整的 JSON，再试一次。', 'The request cannot be read', 'Check that what you send is complete, valid JSON, and try again.'),
  'key-missing': problem(400, '缺少防重复标识', '凡是会动积分的请求，都要带上 Idempotency-Key（1 到 64 个可见的英文字符）。', 'The idempotency key is missing', 'A request that moves points needs an Idempotency-Key of 1 to 64 printable ASCII characters.'),
  'sign-in-needed': problem(401, '请先登录', '登录后再试一次。', 'Please sign in', 'Sign in and try again.'),
  'wrong-credentials': problem(401, '用户名或密码不对', '请核对后再输入；忘记密码可以请社区工作人员帮忙重设。', 'Wrong user name or password', 'Check both and try again; community staff can set a new password for you.'),
  'wrong-code': problem(401, '手机号或验证码不对', '请核对短信里的 6 位数字，填在要验证码的那一页；过了 5 分钟、用过一次，或者又要了新的，旧的就不能用了。', 'Wrong phone or code', 'Check the six digits, and type them on the page that asked for them; after five minutes, one use, or a newer one, a code counts no more.'),
  'account-ended': problem(403, '这个账号已由社区停用', '社区登记了账号的主人已去世，所以不能再登录。如果登记错了，请本人带身份证到社区服务站，请工作人员更正；更正以后照常登录，积分都还在。', 'The community has ended this account', 'Its owner is recorded as having died. If that is a mistake, come to the community office with your identity card; once staff have put it right you sign in as before, with all your points.'),
  'code-tries-used': problem(409, '这个验证码已经输错 5 次，不能再用', '请再要一个新的验证码，填新收到的 6 位数字。', 'This code was mistyped five times and counts no more', 'Ask for a new code and type the six digits that come then.'),
  'wechat-ended': problem(409, '这次微信登录没有完成', '它已经失效，或者不是从这台手机、这台电脑上开始的。请再点一次微信登录，或者用手机号、用户名登录。', 'This sign-in with WeChat was not finished', 'It has ended, or did not begin in this browser. Begin again, or sign in by phone or user name.'),
  'wechat-denied': problem(409, '您没有同意用微信登录', '什么也没有记。可以再点一次，也可以用手机号、用户名登录。', 'You did not agree to sign in with WeChat', 'Nothing was kept. Try again, or sign in by phone or user name.'),
  'wechat-snapshot': problem(409, '微信还没有打开完整页面', '请点页面下方的“使用完整服务”，再点一次微信登录。', 'WeChat has not opened the whole page', 'Ask for the full service at the bottom of the page, then sign in with WeChat again.'),
  'wechat-down': problem(503, '微信现在没有回应', '请过一会儿再试，或者用手机号、用户名登录。', 'WeChat does not answer right now', 'Try again in a while, or sign in by phone or user name.'),
  'wechat-of-another': problem(409, '这个微信绑定的是另一个账号', '一个微信只能绑定一个人。请用那个账号登录，在“我的账户”里解除以后再来绑定。', 'This WeChat belongs to another account', 'One WeChat is one person. Sign in to that account and remove it on its account page first.'),
  'wechat-has-another': problem(409, '您的账号已经绑定了另一个微信', '要换一个，请先在“我的账户”里解除原来的。', 'Your account has another WeChat already', 'Remove that one on your account page first.'),
  'phone-missing': problem(409, '您还没有登记手机号', '请带上身份证到社区服务站，登记手机号或者请工作人员帮您设密码。', 'No phone of yours is registered', 'Have community staff register it, or set a password for you.'),
  'sign-in-code-ended': problem(409, '这个验证码已经失效', '请居民在登录页重新要一个，再读给他。', 'This code has ended', 'Have the resident ask for a new one on the sign-in page.'),
  'not-allowed': problem(403, '您没有做这件事的权限', '如果这属于您的工作，请让管理员为您开通。', 'You may not do this', 'If this is part of your work, ask your administrator for the role.'),
  'not-confirmed': problem(422, '需要您先确认', '请看清每一个问题，核对无误后逐项确认，再导入一次。', 'Please confirm first', 'Read each question, check the file, confirm every one of them, and import again.'),
  'cross-site': problem(403, '请求来自别的网站', '请在邻里积分自己的页面上操作。', 'The request came from another site', "Use Linli's own pages for this."),
  'second-person-needed': problem(403, '需要另一位同事来做', '经手人和复核人不能是同一个人，也不能是替对方设密码的人，请让另一位同事处理。', 'A second person is needed', 'Whoever made this cannot also check it, nor can whoever set their password; ask a colleague.'),
  'change-waits': problem(409, '已有一处改动在等复核', '请先到“公司设置的改动”里，等同事复核，或收回那一处改动，再改。', 'A change of this waits already', 'Have it approved or taken back first, on the page of the firm’s changes.'),
  'change-decided': problem(409, '这处改动已经办结', '请刷新后查看现在的设置；需要的话请重新改。', 'This change was decided already', 'Reload to see what is in force; change it anew if it is needed.'),
  'budget-withdrawn': problem(409, '这项申请已经撤下', '它已被申请人收回或被同事退回，不能再批准。需要的话请重新申请。', 'This request stands no longer', 'It was taken back or turned down; it would have to be asked for anew.'),
  'link-unknown': problem(404, '这个链接打不开', '链接可能没有复制完整。请再核对一遍，或请邀请您的人重新发一个。', 'This link does not open', 'Perhaps it was not copied whole. Check it, or ask whoever invited you for a new one.'),
  'link-used': problem(409, '这个链接已经用过了', '如果是您用的，请直接登录；如果不是您用的，请马上告诉邀请您的人。', 'This link was used already', 'If it was you, sign in. If it was not, tell whoever invited you at once.'),
  'link-ended': problem(409, '这个链接已经失效', '它已过期或被收回，请邀请您的人重新发一个。', 'This link has ended', 'It has run out or was called off; ask whoever invited you for a new one.'),
  'set-up-done': problem(409, '已经设置过管理员了', '首次设置只能做一次。请直接登录；忘记密码请在服务器上用 linli user password 重设。', 'There is an administrator already', 'The first set-up is done once. Sign in; a forgotten password is set anew on the server with linli user password.'),
  'phone-taken': problem(409, '这个手机号已经登记在另一个人名下', '请核对姓名和手机号；同一个人请填登记时的姓名。', 'This phone belongs to somebody else', 'Check name and phone; for the same person, give the name as it was registered.'),
  'namesake': problem(409, '已经有一位同名的同事', '是同一个人就选“就是这位”，只多一个岗位；确实是另一个人，再选“是另一个人”。同名的不止一位时，请填手机号来区分。', 'There is a colleague of this name already', 'If it is the same person, say so, and they get one more post; if it is another, say that. Where several have the name, give the phone to tell them apart.'),
  'both-have-points': problem(409, '两份登记名下都记过积分，不能合并', '积分只属于挣到它的那一份，从不转给另一份。请两份都保留：把今后用的那份的姓名、手机号改对，另一份的住址按“登记错了”结束；它的积分仍可用它自己的登录用完。', 'Both have points and cannot be merged', 'Points stay with whoever earned them and never pass to another. Keep both: correct the name and phone of the one used from now on, and end the other one’s homes as registered by mistake; its points can still be used with its own sign-in.'),
  'keep-the-other': problem(409, '要保留有积分的那一份', '准备并掉的那一份记过积分，积分不能搬走。请对调一下，保留有积分的那一份。', 'Keep the one who has points', 'The one to be merged away has points, and points do not move. Swap the two, and keep the one who has them.'),
  'merge-waits': problem(409, '这两份登记里，已有一项合并在等复核', '请先到“合并重复的人”页面，等同事复核或收回那一项。', 'A merge with one of the two waits already', 'Have it decided or withdrawn first, on the page of merges.'),
  'merge-decided': problem(409, '这项合并已经办结', '请刷新后查看结果；需要的话请重新申请。', 'This merge was decided already', 'Reload to see the outcome; it would have to be asked for anew.'),
  'person-merged': problem(409, '其中一份登记已经并入另一份', '请打开保留下来的那一份，再继续。', 'One of the two was merged already', 'Open the one that stayed and go on there.'),
  'person-erased': problem(409, '其中一份登记的个人信息已经删除', '删除以后没有可以核对的内容，不能再合并。', 'One of the two was erased', 'Nothing is left to compare, so they cannot be merged.'),
  'checked-each-other': problem(409, '这两份登记互相复核过', '一份经手的事由另一份批准过；合并以后就成了自己批准自己。请先请审计人员查清，再作处理。', 'One of the two has checked what the other did', 'Merged, one person would have checked their own work. Have an auditor look into it first.'),
  'one-has-died': problem(409, '其中一份登记了去世，另一份没有', '请先核对：登记错了的，在那份登记的“房屋”里更正；确实去世的，在另一份里也登记，再合并。', 'One of the two is recorded as dead, the other is not', 'Make sure first: mend what was recorded by mistake under “Houses”, or record the death in the other one, too; then merge.'),
  'phone-shared': problem(409, '这个手机号已经登记在别人名下', '合用手机的人，谁收到验证码都能登录其中任何一位的账号。请核对号码；确实是一家人合用，再确认一次。', 'Somebody else has this phone', 'Whoever gets a code on a shared phone can sign in as any of those who share it. Check the number; if a family does share it, say so.'),
  'not-found': problem(404, '没有找到', '它可能不存在，或者不归您查看。请核对后再试。', 'Not found', 'It does not exist, or it is not yours to see. Check and try again.'),
  'month-to-come': problem(404, '这个月还没有开始', '请看本月或以前的月份。', 'This month has not begun', 'Look at the present month or an earlier one.'),
  'method-not-allowed': problem(405, '这个地址不支持这种操作', '请查看接口说明，换用它支持的方式。', 'This address does not support that method', 'See the API documentation for the methods it supports.'),
  'changed-meanwhile': problem(409, '内容刚刚被别人改过', '请刷新页面，看过最新的内容再改。', 'It was changed meanwhile', 'Reload, look at the newest version, and make your change again.'),
  'row-paired': problem(409, '其中有一行已经对上了', '请刷新后再看；对错了的，先拆开再重新对。', 'One of the rows is paired already', 'Reload and look again; split a wrong pair first, then pair anew.'),
  'statement-agreed': problem(409, '这份对账单已经有一方确认过', '确认过的内容不能再改；要改的话，请换一份新的对账单，重新对账。', 'One side has agreed to this statement', 'What was agreed to stays as it is; to change it, take in a new statement and compare again.'),
  'already-exists': problem(409, '已经有了，不能重复', '请换一个名称，或使用已有的那一个。', 'It already exists', 'Choose another name, or use the existing one.'),
  'too-large': problem(413, '内容太大', '请分成几份再发送，或换一个小一些的文件。', 'Too large', 'Send it in several parts, or use a smaller file.'),
  'unsupported-type': problem(415, '不支持这种内容格式', '请按接口说明设置 Content-Type 后再发送。', 'Unsupported content type', 'Set the Content-Type that the API documentation names.'),
  'invalid-input': problem(422, '有几项填得不对', '请按提示改好标出的各项，再提交一次。', 'Some fields are not right', 'Correct the fields that are marked and submit again.'),
  'key-reused': problem(422, '防重复标识已用于另一个请求', '请为新的请求换一个新的 Idempotency-Key。', 'This idempotency key belongs to another request', 'Use a new Idempotency-Key for a new request.'),
  'too-many-requests': problem(429, '操作太频繁', '请稍等一会儿再试。', 'Too many requests', 'Wait a moment and try again.'),
  'locked-out': problem(429, '尝试次数太多，已暂时锁定', '为了安全，请 15 分钟后再试，或请工作人员帮忙。', 'Too many tries; locked for now', 'For safety, try again after 15 minutes, or ask staff for help.'),
  'codes-used-up': problem(429, '这个手机号一小时内的验证码已经发满', '请一小时后再要验证码，或请工作人员帮忙；有密码的可以用密码登录。', 'No more codes for this phone in this hour', 'Ask again in an hour, or ask staff for help; whoever has a password can sign in with it.'),
  internal: problem(500, '系统出错了', '您的积分没有受影响。请稍后再试；还不行就告诉社区工作人员。', 'Something went wrong on our side', 'Try again later; if it goes on, tell community staff. A repeat with the same key counts once.'),
  overloaded: problem(503, '现在人太多，系统忙', '请稍等几秒，用同一个请求再试；不会重复记账。', 'Too busy right now', 'Wait a few seconds and repeat the same request; it will not be booked twice.'),
  'shutting-down': problem(503, '系统正在重启', '请过一会儿再试。', 'Restarting', 'Try again in a moment.'),
  'timed-out': problem(504, '处理超时', '请用同一个请求再试一次；已经记上的不会重复。', 'Timed out', 'Repeat the same request with the same key; what was booked is not booked twice.'),
  'helper-code-unknown': problem(404, '没有这个代办码', '请让家人重新出示，核对 8 位数字再输入；代办码十分钟内有效，用一次就失效。', 'There is no such code', 'Have your relative show it anew and check the eight digits; it counts for ten minutes and once.'),
  'too-many-helpers': problem(409, '请人代办已满 5 位', '请先结束一位，再请另一位。', 'Five people may act for you already', 'End one of them before you name another.'),
  'helps-too-many': problem(409, '这位家人已经替 10 位居民代办', '请另请一位家人，或让他先结束一位。', 'This person acts for ten others already', 'Name somebody else, or have them end one.'),
  'inquiry-open': problem(409, '这一笔您已经问过了', '上一个问题还没有办结，请在那里看答复，或者再补充一次。', 'You have asked about this one already', 'That question is still open: read its answer there, or ask on once.'),
  'too-many-questions': problem(409, '您有很多问题还在等答复', '请等工作人员答复几条以后再问；着急的话请到社区服务站。', 'Many of your questions still wait', 'Ask more when some were answered; if it is urgent, come to the community office.'),
  'inquiry-not-so': problem(409, '这条疑问已经不是这个状态了', '请刷新后看最新的问答。', 'The question has moved on', 'Reload and read what was said last.'),
  'asked-on-once': problem(409, '现在不能再追问', '答复以后可以追问一次，已经办结的请重新提一个问题。', 'You cannot ask on now', 'After an answer one can ask on once; of a closed question, ask a new one.'),
  'desk-answers': problem(403, '这条由店长或物业会计答复', '那里有人能答复；等他们离任或只剩经手人时，才由社区来答。', 'The shop or the firm answers this', 'Somebody there can; the community answers only where nobody else is left.'),
  'no-rule-in-force': problem(409, '这一天还没有生效的规则', '请先让社区工作人员发布规则。', 'No rule is in force for that day', 'Have staff publish the rule first.'),
  'too-many-places': problem(409, '这里的地方太多，一次看不完', '请换成一个社区来看。', 'Too many places to look at at once', 'Look at one community.'),
  'export-too-large': problem(409, '一次导出不了这么多', '请换成一个社区来导出，或只导出一种状态的。', 'Too much for one file', 'Export one community, or those of one state.'),
  'trial-too-large': problem(409, '一次试算不了这么多', '请换成一个社区或一家店来试算。', 'Too much to try out at once', 'Try it for one community, or one shop.'),
  'rule-began': problem(409, '这个版本已经生效，不能撤回', '生效过的规则要永远留存。要改，请发布一个新版本。', 'This version is in force already', 'What was in force stays on record. To change it, publish a new version.'),
  'funds-of-others': problem(403, '这份约定不只涉及您负责的经费', '请只选您负责的经费；“所有经费”的约定，由街道工作人员或系统管理员登记和结束。', 'This concerns funds beyond those in your charge', 'Choose a fund in your charge; terms about all funds are made and ended by street staff or the administrator.'),
  'no-fund': problem(409, '还没有出资方', '请先登记出资方和积分额度。', 'Nobody pays for these points yet', 'Open a fund with a budget first.'),
  'code-unknown': problem(404, '没有找到这个积分码', '请让顾客刷新积分码，再扫一次。', 'No such code', 'Ask the customer to refresh the code and scan again.'),
  'code-elsewhere': problem(409, '这个积分码正在另一家店使用', '没有记分，也没有收分。请让顾客刷新积分码，再扫一次。', 'Another till has taken this code up', 'Nothing was given or taken. Ask the customer to refresh the code and scan again.'),
  'code-mistyped': problem(422, '数字输错了', '请再核对一遍码上的数字。', 'The digits are mistyped', 'Check the digits of the code again.'),
  'code-ended': problem(409, '积分码已过期', '请让顾客刷新积分码，再扫一次。', 'The code has ended', 'Ask the customer to refresh the code and scan again.'),
  'code-used': problem(409, '这个积分码已经用过了', '不会重复记分，也不会重复收分；需要再办一笔，请让顾客刷新积分码。', 'The code was used already', 'Nothing is given or taken twice; for another sale, ask the customer for a new code.'),
  'receipt-used': refusal(409, '这张小票已经记过分了', '同一张小票只能记一次，请核对小票号。', 'This receipt was credited already', 'A receipt counts once; check its number.'),
  'manager-needed': problem(403, '需要店长来撤销', '隔天或别人办的，请店长填写原因后撤销。', 'A manager is needed', 'Of another day or clerk: the manager undoes it, with a reason.'),
  'service-overlaps': problem(409, '这段时间已有另一条服务记录', '一个人同一时间只能在一处服务，请核对签到和签退时间。', 'Another service was recorded for that time', 'Nobody serves in two places at once; check when they came and left.'),
  'service-not-over': problem(409, '服务还没有结束', '结束以后再来评价。', 'The service is not over', 'Rate it when it has ended.'),
  // Fees: what stands against an offset, an export, a month's close.
  'no-firm': problem(409, '还没有定由哪家物业公司服务这个小区', '请社区工作人员在“岗位授权”里打开这个小区，选定物业公司，再办理抵扣。', 'Nobody has said which property firm serves this estate', 'Have the community’s staff open the estate under “Posts” and choose its firm first.'),
  'not-owner-or-family': problem(403, '只有业主和家庭成员可以抵扣', '请由这套房屋的业主或家庭成员来办理。', 'Only the owner and family can offset', 'Have the owner or a family member of this home do it.'),
  'item-not-allowed': problem(409, '这个收费项目不能用积分抵扣', '请选择规则里允许抵扣的项目。', 'Points cannot pay this fee', 'Choose a fee that the rule allows.'),
  'below-threshold': problem(409, '这一项没有达到可以抵扣的金额', '请用现金缴纳；金额够了的账单可以用积分抵扣。', 'The bill is too small for points', 'Pay it in money; points can be used for a larger bill.'),
  'bill-reissued': problem(409, '物业已重新出账，这张账单不再用了', '请打开新的账单，在那里抵扣。', 'The firm has issued this bill anew', 'Open the new bill and use points there.'),
  'bill-cancelled': problem(409, '这张账单已作废', '不用再缴，也不用抵扣；有疑问请问物业。', 'This bill was cancelled', 'There is nothing to pay or offset; ask the property firm if in doubt.'),
  'outside-window': problem(409, '现在不是这一项可以抵扣的时间', '请看提示里的起止日期，到时再来抵。', 'Points cannot pay this fee today', 'Come back within the days that are named.'),
  'older-bill-first': problem(409, '要先抵最早没缴清的账单', '请先打开提示里的那张账单，抵扣或缴清以后，再来抵这一张。', 'An older bill comes first', 'Use points for the bill that is named, or pay it; then come back to this one.'),
  'other-item-first': problem(409, '要先抵同一个月的另一项', '请先打开提示里的那一项，抵过以后，再来抵这一项。', 'Another fee of the month comes first', 'Use points for the fee that is named, then come back to this one.'),
  'after-cut-off': problem(409, '这张账单的抵扣已经截止', '下个月的账单出来后可以再抵。', 'It is too late for this bill', "The next month's bill can be offset again."),
  arrears: problem(409, '还有以前的费用没有缴清', '缴清以前的费用后，就可以用积分抵扣。', 'Earlier fees are unpaid', 'Once they are paid, points can be used.'),
  'already-paid': problem(409, '这一项已经缴清', '不需要再抵扣，积分请留着下次用。', 'This line is paid already', 'Keep the points for next time.'),
  'share-used': problem(409, '这一项的抵扣额度已经用满', '其余部分请用现金缴纳。', 'The share that points may pay is used', 'Pay the rest in money.'),
  'monthly-cap-used': problem(409, '这个月的抵扣额度已经用满', '下个月可以再抵。', "The household's monthly cap is used", 'Offset again next month.'),
  'no-points': problem(409, '现在没有可以用来抵扣的积分', '积分到账后再来办理。', 'There are no points to use now', 'Come back when points are available.'),
  'more-than-allowed': problem(422, '超过了这次可以抵扣的金额', '请按页面上的最高金额重新填写。', 'More than can be offset now', 'Enter at most the amount that is shown.'),
  'nothing-to-offset': problem(409, '这次没有可以抵扣的金额', '请查看计算过程，或换一张账单。', 'There is nothing to offset', 'Look at the steps, or choose another bill.'),
  'quote-changed': problem(409, '可抵扣的金额刚刚变了', '请看过新的金额，再确认一次。', 'The amount has changed meanwhile', 'Look at the new amount and confirm again.'),
  'offset-settled': problem(409, '这张抵扣单已经交给物业或已经办结', '不能再取消；有疑问请联系社区工作人员。', 'This offset was exported or settled', 'It cannot be cancelled now; ask community staff.'),
  'nothing-to-export': problem(409, '没有等待导出的抵扣单', '有新的抵扣后再来导出。', 'There are no offsets to export', 'Come back after new offsets.'),
  'batch-step-not-possible': problem(409, '这一批现在不能这样办', '请刷新后查看这一批到了哪一步；物业已经入账的，不能撤回。', 'This cannot be done with the batch now', 'Reload to see how far it is; what the firm has posted cannot be taken back.'),
  'batch-has-breaks': problem(409, '这一批里还有没处理的差异', '请先在“差异”页处理这几张抵扣单，再撤回。', 'The batch has differences that are open', 'Resolve them on the page of breaks first, then take the batch back.'),
  'resolution-not-possible': problem(409, '这处差异不能这样处理', '物业清单里真有这一笔，才能照入账核销；物业没有入账，才能退回积分。请刷新后从列出的办法里选。', 'This difference cannot be resolved like that', 'Accept only what the firm has posted, give back only what it has not. Reload and choose one of the ways that are listed.'),
  'undo-not-possible': problem(409, '这一步不能撤销', '动过积分或记了账的、不是今天办的、别人办的，都不能撤销；可以写一句说明，或请经办的同事来办。', 'This cannot be undone', 'What moved points, was booked, was done on another day or by somebody else stays. Say so in a comment, or ask whoever did it.'),
  'nothing-asked': problem(409, '这里已经没有等您确认的事', '提出的同事可能已经收回，或者已经办好了。请刷新页面。', 'Nothing waits for you here any more', 'Whoever asked may have taken it back, or it is done. Load the page again.'),
  'file-not-accepted': problem(415, '这种文件不能附上', '只收 JPEG、PNG、WebP 图片和 PDF。看的是文件内容，不看文件名；手机拍的 HEIC 请先转成 JPEG。', 'This kind of file is not taken', 'Pictures as JPEG, PNG or WebP, and PDF. What counts is its content, not its name; turn a phone’s HEIC into JPEG first.'),
  'file-unfit': problem(422, '这个文件不能附上', '请按提示另存一份再传。', 'This file cannot be attached', 'Save it anew as the hint says, and send that.'),
  'attached-already': problem(409, '同一个文件已经附上了', '不用再传；要换请先撤下原来的。', 'This very file is attached already', 'There is no need to send it again; withdraw the other one first to replace it.'),
  'attachments-full': problem(409, '附件已经满 10 个', '请先撤下用不着的，再附新的。', 'Ten files are attached already', 'Withdraw one that is not needed, then attach the new one.'),
  'attachments-no-room': problem(409, '这个小区的附件已经满 500 MB', '请告诉系统管理员；在那以前，可以写清凭据放在哪里。', 'The files of this estate come to 500 MB', 'Tell the administrator; until then, write where the evidence lies.'),
  'attachment-withdrawn': problem(409, '这个附件已经撤下', '请刷新页面。', 'This file was withdrawn already', 'Load the page again.'),
  'thread-full': problem(409, '这处差异已经写满 100 条', '请把后面的核对写在处理结果里。', 'A hundred lines are written of this difference', 'Write the rest into its resolution.'),
  'finance-lead-needed': problem(403, '需要财务负责人来审批', '这里有财务负责人，请由财务负责人审批；会计只办理，不审批。', 'The finance lead has to approve', 'This place has a finance lead, who approves what accountants prepare.'),
  'accountant-needed': problem(403, '需要会计先来办理', '财务负责人只审批。请由会计先办理，再由您审批。', 'An accountant has to prepare it first', 'A finance lead approves only: have an accountant prepare it, then approve it.'),
  'closing-asked': problem(409, '这个月已经申请关账', '正在等财务负责人审批，不用再申请；要改请先收回。', 'Closing this month was asked for already', 'It waits for the finance lead; take it back first if something has to change.'),
  'closing-withdrawn': problem(409, '这项关账申请已经不在了', '它已被收回或退回。需要的话请会计重新申请。', 'This request to close is gone', 'It was taken back or declined; have it asked for again.'),
  'month-not-over': problem(409, '这个月还没有结束', '月底过后再关账。', 'The month is not over', 'Close it after its last day.'),
  'month-still-runs': problem(409, '这个月还没有过完', '过完以后账就不再变了，到时再对账。', 'The month is not over', 'Compare it when it is, since by then nothing of it changes any more.'),
  'not-agreed-yet': problem(409, '双方还没有确认这张结算单', '收款方和付款方都确认以后再付款。', 'The two sides have not agreed to this settlement', 'Pay it when both have agreed.'),
  'transfer-recorded': problem(409, '这笔银行转账已经登记过', '请核对银行流水号。一笔转账付同一家的几张结算单，每次都写明转账总额和同一个付款日期。', 'This bank transfer is recorded already', 'Check its number. Where one transfer pays several settlements of one payee, say each time what it was in all, and the same day.'),
  'transfer-exceeded': problem(409, '合计超过了这笔转账的总额', '请核对转账总额，和这笔转账已经付过的结算单。', 'Its parts come to more than the transfer was', 'Check what the transfer was in all, and which settlements it has paid already.'),
  'payment-received': problem(409, '收款方已经确认收到这笔付款', '不能撤回。确实登错了，请收款方先说明没有收到。', 'The payee has confirmed this payment', 'It cannot be taken back. If it is wrong, the payee first says that it did not come.'),
  'month-not-first': problem(409, '第一次关账，要从有账单的第一个月开始', '请先关提示里的那个月；更早的月份什么都没有，不用关。', 'The first month to close is the first one with bills', 'Close the month that is named; the earlier ones are empty and need no closing.'),
  'month-not-next': problem(409, '请按月份顺序关账', '先关前面的月份，再关这个月。', 'Months are closed one after the other', 'Close the earlier month first.'),
  'month-not-latest': problem(409, '只能重新打开最后关的那个月', '请先重新打开后面的月份。', 'Only the latest closed month can be opened again', 'Open the later month first.'),
  'offsets-open': problem(409, '这个月还有没导出的抵扣单', '请先导出，或请居民取消，再关账。', 'Offsets of this month are not exported yet', 'Export them first, then close the month.'),
  'expiry-due': problem(409, '还有到期的积分没有处理', '请先运行到期处理，再关账。', 'Points that have ended are still to be expired', 'Run the expiry first, then close the month.'),
  'no-statement-kept': problem(409, '这次关账没有留存月结单', '它是月结单功能上线以前关的。需要的话请重新打开，再关一次。', 'No statement was kept of this closing', 'The month was closed before statements were kept. Open it again and close it to have one.'),
  // Decided by the ledger's rules.
  'insufficient-points': refusal(422, '可用积分不够', '请减少积分数量，或等待生效的积分到账后再试。', 'Not enough points', 'Take fewer points, or wait until pending points become available.'),
  'budget-exhausted': refusal(422, '出资方的积分额度已用完', '请联系社区工作人员追加额度；这次没有记任何积分。', 'The budget is used up', 'Ask the funder to approve more budget; nothing was booked.'),
  'value-not-reachable': refusal(422, '现有积分凑不出这个金额', '请重新查看可抵扣的金额后再确认。', 'These points do not make this amount', 'Look at the amount that can be offset again, then confirm.'),
  'hold-not-found': refusal(404, '没有找到这笔预留', '它可能已经核销或退回，请刷新后查看。', 'No such hold', 'It may have been captured or returned already; reload and look.'),
  'hold-ended': refusal(422, '这笔预留已过期', '积分会自动退回，请重新办理。', 'The hold has ended', 'Its points go back by themselves; start again.'),
  'hold-exceeded': refusal(422, '超过了预留的积分', '请按剩余的预留数量核销。', 'More than the hold has left', 'Capture no more than what is left of the hold.'),
  'award-not-found': refusal(404, '没有找到这笔奖励', '请刷新后再试。', 'No such award', 'Reload and try again.'),
  'award-settled': refusal(422, '这笔奖励已经处理过', '请刷新后查看结果；更正请用冲正。', 'The award is settled already', 'Reload to see the outcome; correct it by a reversal.'),
  'transaction-not-found': refusal(404, '没有找到这笔交易', '请核对编号后再试。', 'No such transaction', 'Check its number and try again.'),
  'not-reversible': refusal(422, '这种交易不能这样冲正', '请选择对应的原始交易。', 'This kind cannot be reversed this way', 'Choose the transaction that gave or took the points.'),
  'reversal-exceeded': refusal(422, '冲正超过了原交易剩余的积分', '请按剩余可冲正的数量处理。', 'More than is left to reverse', 'Reverse no more than what is left of the original.'),
  'not-yet-expired': refusal(422, '积分还没有到期', '到期之后再处理。', 'The points have not expired', 'Wait until their end.'),
  'exposure-exceeded': refusal(422, '超过了未结限额', '付款方还没有付的钱太多了：先等结算付款，或由店长决定是否继续收。', 'More would be unpaid than the agreement allows', 'Wait until the statement is paid, or let the manager decide whether to go on.'),
  overpaid: refusal(422, '付款超过了应付金额', '请核对对账单后重新登记。', 'More than is owed', 'Check the statement and record the payment again.'),
  'month-closed': refusal(409, '这个月已经关账', '请把更正记在当前月份，系统会保留原来的日期。', 'The month is closed', 'Book the correction in the open month; its original date is kept.'),
  'effective-in-future': refusal(422, '生效时间不能晚于现在', '请核对时间后再试。', 'The effective time lies in the future', 'Correct the time and try again.'),
  'cap-exceeded': refusal(422, '超过了规定的上限', '请查看规则中的上限，减少数量或改天再办。', 'Over the cap', 'See the cap in the rules; take less, or come another day.'),
  'out-of-stock': refusal(409, '这件商品不够了', '请减少数量，换一件，或者过几天再来。', 'There is not enough of it left', 'Take fewer, take something else, or come again.'),
  'goods-limit': refusal(409, '这件商品已经到了限兑数量', '每人或每户在一段时间里只能兑换这么多，请到下一段时间再来，或换一件。', 'The limit for this goods is reached', 'Each person or household may take so many in a period; come in the next one, or take something else.'),
  'goods-off-sale': problem(409, '这件商品已经下架', '请从单子里去掉它，或换一件。', 'This goods is no longer given', 'Take it off your list, or choose something else.'),
  'price-changed': problem(409, '价格刚刚变了', '请看过新的价格，再确认一次；现在什么也没有扣。', 'The price has just changed', 'Look at the new price and confirm again; nothing was taken.'),
  'price-in-past': problem(422, '新价格不能从过去开始', '请选现在或以后的时间。', 'A price cannot begin in the past', 'Choose now or a later moment.'),
  'stocktaking-decided': problem(409, '这次盘点已经办结', '请刷新后查看；需要的话请重新盘点。', 'This stocktaking was decided already', 'Reload to see it; count anew if it is needed.'),
  'counted-again': problem(409, '有商品后来又盘点过，库存已经改好', '再改一次会把同一个差数算两遍。请把这次作废；需要的话请重新盘点。', 'Some goods were counted again since', 'Their stock was put right already, and this count would take the same difference twice. Drop it, and count anew if it is needed.'),
  'order-ended': problem(409, '这张订单已经办结', '请刷新后查看它的结果；积分和商品不会动两次。', 'This order has ended already', 'Reload to see what became of it; nothing moves twice.'),
  'pick-up-code-needed': problem(422, '取货要有取货码', '请扫居民手机上的取货码，或输入数字；居民没有码时，由店长写明原因后发货。', 'A pick-up needs its code', 'Scan the code on the member’s phone, or type its digits; without one, the manager hands it over with a reason.'),
  'substitution-waits': problem(409, '换货还在等居民同意', '请居民在手机上打开这张订单，点同意或不换，再取货；要换成别的，请先收回提议。', 'A substitution waits for the member', 'Have the member open the order on their phone and agree or decline first; to offer something else, take the offer back.'),
  'already-done': refusal(409, '这一笔已经办过了', '不会重复记账，请刷新后查看原来的记录。', 'This was done already', 'Nothing was booked twice; reload to see the first one.'),
  'not-balanced': refusal(422, '分录不平', '每种积分的分录合计必须为零。', 'The entries do not balance', 'Entries must sum to zero per asset.'),
  'wrong-account': refusal(422, '账户用途不对', '请按接口说明选择账户。', 'Wrong account', 'Choose accounts as the API documentation says.'),
  'between-members': refusal(422, '积分不能在居民之间转让', '积分只能本人使用。', 'Points cannot pass between members', 'Points are for their owner only.'),
  'invariant-broken': refusal(422, '这笔分录会让账目不平', '请使用对应的业务操作。', 'The entries would break the books', 'Use the operation made for this.'),
  'out-of-bounds': refusal(422, '超出了账户允许的范围', '请核对数量后再试。', 'Beyond the limits of the account', 'Check the amount and try again.'),
  'too-many-series': refusal(422, '这种积分的批次太多', '请先处理已有批次，或使用更粗的到期周期。', 'Too many live series', 'Use coarser expiry buckets.'),
  'too-many-entries': refusal(422, '一笔交易涉及的批次太多', '请分成几笔办理。', 'Too many entries in one transaction', 'Split it into several.'),
  'amount-out-of-range': problem(422, '数量不对', '请填写大于零的整数。', 'The amount is out of range', 'Give a whole number above zero.'),
  'unit-has-points': problem(409, '已经有人得到这种积分，到期日历不能再改', '名称可以更正。要换到期办法，请另设一种积分。', 'Somebody has points of it, so its calendar stays', 'The name can be corrected; for another calendar, make another kind of points.'),
  'rate-not-exact': refusal(422, '结算比例算不尽', '请联系管理员调整协议的结算系数。', 'The settlement rate is not exact', 'Have the agreement factor corrected.'),
  'terms-missing': refusal(422, '还没有结算约定', '请先为收分方登记与出资方的结算约定。', 'No settlement terms', 'Record the agreement between redeemer and fund first.'),
  'bad-text': problem(422, '文字里有不能保存的字符', '请去掉特殊字符后再试。', 'The text cannot be stored', 'Remove the special characters and try again.'),
  'reserved-key': problem(422, '这个计数项由系统自己使用', '请换一个名称。', 'This counter belongs to the ledger', 'Choose another key for your counter.'),
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof catalogue;

export const problemCodes = Object.keys(catalogue) as ProblemCode[];

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(catalogue, code);
}

export function entryOf(code: ProblemCode): ProblemEntry {
  return catalogue[code];
}
