/** The till: a resident shows a code, a clerk takes points for goods or gives points for a purchase, once each. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { readShownCode } from './support/code-picture.ts';
import { faultsHere } from './support/page-walk.ts';
import { shootCode } from './support/scan-gun.ts';
import { enterDigits, enterGiving, enterTaking } from './support/till.ts';
import { faultOf, open, PHONE, press, SOON, walkThrough } from './support/walk.ts';

const walk = walkThrough();

async function showCode(): Promise<Page> {
  const member = await walk.visit('volunteer', PHONE, '/me/code');
  await member.getByRole('heading', { name: '积分码' }).waitFor();
  return member;
}

/** Pressed, and answered: what is said of one value is said of the next one too, and would be taken for its answer. */
async function answered(clerk: Page, name: string): Promise<void> {
  const answer = clerk.waitForResponse((response) => response.request().method() === 'POST');
  await press(clerk, name);
  await answer;
}

/** What this member can use now of each kind. */
async function available(member: Page): Promise<{ VOL: number; CON: number }> {
  const answer = await member.request.get('/api/v1/me/points');
  const { units } = (await answer.json()) as { units: { unit: string; available: string }[] };
  const of = (wanted: string) => Number(units.find(({ unit }) => unit === wanted)?.available);
  return { VOL: of('VOL'), CON: of('CON') };
}

describe('收分', () => {
  it('takes the code that the camera sees, once although the button is pressed twice, and both see it', async () => {
    const member = await showCode();
    const before = await available(member);
    await walk.film((await readShownCode(member)).link);
    const clerk = await walk.visit('clerk', PHONE);
    await press(clerk, '用摄像头扫码');
    await clerk.getByRole('heading', { name: '李*，手机尾号' }).waitFor();

    await enterTaking(clerk, { points: '6', goods: '洗衣液 1 瓶' });
    const slip = await clerk.getByRole('main').innerText();
    expect(slip).toContain('洗衣液 1 瓶');
    await clerk.getByRole('button', { name: /^确认收 6 / }).dblclick();
    const result = clerk.getByRole('status').filter({ hasText: '收分成功' });
    await result.waitFor();
    expect(await result.innerText()).toMatch(/李\*[^]*洗衣液 1 瓶\n6 志愿积分/);

    const receipt = member.getByRole('status').filter({ hasText: '用分成功' });
    await receipt.waitFor();
    expect(await receipt.innerText()).toContain('和美积分超市（演示）\n6 志愿积分');
    expect(await available(member)).toEqual({ ...before, VOL: before.VOL - 6 });
  });

  it('takes the digits, and once although the answer to the confirm was lost', async () => {
    walk.forgive(/Failed to load resource: net::ERR_/);
    const member = await showCode();
    const before = await available(member);
    const { digits } = await readShownCode(member);
    const clerk = await walk.enter('clerk', PHONE);
    await enterDigits(clerk, digits);
    await enterTaking(clerk, { points: '5', goods: '抽纸 1 包' });

    let sent = 0;
    await clerk.route(
      (url) => url.search.startsWith('?/confirm'),
      async (route) => {
        sent += 1;
        // The server has it, and did it; only the answer never arrives.
        if (sent === 1) await route.fetch().then(() => route.abort());
        else await route.continue();
      },
    );
    await press(clerk, /^确认收 5 /);
    await clerk.getByRole('status').filter({ hasText: '没有收到回答' }).waitFor();
    expect(await clerk.getByRole('button', { name: '改一下' }).count()).toBe(0);
    await press(clerk, /^确认收 5 /);
    await clerk.getByRole('status').filter({ hasText: '收分成功' }).waitFor();
    expect(sent).toBe(2);
    expect(await available(member)).toEqual({ ...before, VOL: before.VOL - 5 });
  });

  it('reads the code from a photo, and says so when a photo shows none', async () => {
    const member = await showCode();
    const clerk = await walk.visit('clerk', PHONE);
    const photo = clerk.getByLabel('选一张积分码照片');
    const choose = async (of: Page) => {
      const buffer = await of.screenshot({ type: 'jpeg' });
      await photo.setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
    };
    await choose(clerk);
    await clerk.getByRole('alert').filter({ hasText: '照片里没有找到积分码' }).waitFor();
    const broken = Buffer.from('not a picture');
    await photo.setInputFiles({ name: 'IMG_0002.jpg', mimeType: 'image/jpeg', buffer: broken });
    await clerk.getByRole('alert').filter({ hasText: '照片里没有找到积分码' }).waitFor();
    // The whole screen of the member's phone, as a clerk photographs it.
    await choose(member);
    await clerk.getByRole('heading', { name: '李*，手机尾号' }).waitFor();
  });

  it('hears a scan gun, wherever the focus is and whichever of the two it reads', async () => {
    const member = await showCode();
    const clerk = await walk.visit('clerk');
    const { link, digits } = await readShownCode(member);
    const heard = clerk.getByRole('heading', { name: '李*，手机尾号' });

    await shootCode(clerk, digits.replace(/\s/g, ''));
    await heard.waitFor();

    await open(clerk, '/counter');
    await clerk.getByRole('button', { name: '用摄像头扫码' }).focus();
    await shootCode(clerk, link);
    await heard.waitFor();

    // A clerk began to type, then took the gun after all.
    await open(clerk, '/counter');
    await clerk.getByLabel('或输入码上的数字').pressSequentially('12');
    await shootCode(clerk, link);
    await heard.waitFor();
  });

  it('opens at the link that a phone’s own camera reads; to anybody else it says whom to show it to', async () => {
    const { link } = await readShownCode(await showCode());
    const clerk = await walk.visit('clerk', PHONE);
    await clerk.goto(link);
    await clerk.getByRole('heading', { name: '李*，手机尾号' }).waitFor();
    const stranger = await walk.device(PHONE);
    await stranger.goto(link);
    await stranger.getByRole('heading', { name: '请把积分码出示给店员' }).waitFor();
  });

  it('says of a code whether it was used, has ended or was mistyped', async () => {
    const member = await showCode();
    const first = await readShownCode(member);
    await open(member, '/me/code');
    const second = await readShownCode(member);
    expect(second.digits).not.toBe(first.digits);
    const clerk = await walk.visit('clerk', PHONE);
    const typed = clerk.getByLabel('或输入码上的数字');
    await press(clerk, '查看这个码');
    await expect.poll(() => faultOf(typed), SOON).toBe('请输入码上的 12 位数字');
    await enterDigits(clerk, 'abcdef');
    await clerk.getByRole('alert').filter({ hasText: '数字输错了' }).waitFor();
    await enterDigits(clerk, '0'.repeat(500));
    await clerk.getByRole('alert').filter({ hasText: '这不是积分码' }).waitFor();

    await enterDigits(clerk, first.digits);
    await clerk.getByRole('alert').filter({ hasText: '积分码已过期' }).waitFor();

    const last = Number(second.digits.at(-1));
    await enterDigits(clerk, `${second.digits.slice(0, -1)}${(last + 1) % 10}`);
    await clerk.getByRole('alert').filter({ hasText: '数字输错了' }).waitFor();

    await enterDigits(clerk, second.digits);
    await enterTaking(clerk, { points: '1', goods: '环保袋' });
    await press(clerk, /^确认收 1 /);
    await clerk.getByRole('status').filter({ hasText: '收分成功' }).waitFor();
    await enterDigits(clerk, second.digits);
    await clerk.getByRole('alert').filter({ hasText: '这个积分码已经用过了' }).waitFor();
  });

  it('says of a sale whose clerk was signed out meanwhile that nothing was booked', async () => {
    const { digits } = await readShownCode(await showCode());
    const clerk = await walk.enter('clerk', PHONE);
    await enterDigits(clerk, digits);
    await enterTaking(clerk, { points: '1', goods: '环保袋' });
    await clerk.context().clearCookies({ name: /session_token/ });
    await press(clerk, /^确认收 1 /);
    const said = clerk.getByRole('alert').filter({ hasText: '刚才那一步没有办成' });
    await said.waitFor();
    expect(await said.innerText()).toContain('什么也没有记');
    await clerk.getByLabel('用户名').fill('clerk');
    await clerk.getByLabel('密码', { exact: true }).fill(walk.server.record.password);
    await press(clerk, '登录');
    await clerk.waitForURL((url) => url.pathname + url.search === '/counter');
  });

  it('says beside the field what cannot be taken', async () => {
    const { digits } = await readShownCode(await showCode());
    const clerk = await walk.visit('clerk', PHONE);
    await enterDigits(clerk, digits);
    await press(clerk, '收分');
    const points = clerk.getByLabel('收多少积分');
    for (const wrong of ['', '0', '-0', '1e9', '0.001', '两个']) {
      await points.fill(wrong);
      await answered(clerk, '核对');
      await expect
        .poll(() => faultOf(points), { ...SOON, message: wrong })
        .toBe('请填写大于零的整数，例如 20');
      expect(await points.inputValue()).toBe(wrong);
    }
    expect(await faultOf(clerk.getByLabel('换什么'))).toBe('请填写换了什么');
    await clerk.getByLabel('用哪种积分').selectOption('VOL');
    await points.fill('99999');
    await press(clerk, '核对');
    await expect.poll(() => faultOf(points), SOON).toMatch(/^顾客只有 \d+ 志愿积分 可用$/);
  });
});

describe('记分', () => {
  it('gives points for a purchase, shows how they came about, and takes a receipt once', async () => {
    const member = await showCode();
    const before = await available(member);
    const clerk = await walk.visit('clerk', PHONE);
    await enterDigits(clerk, (await readShownCode(member)).digits);
    await enterGiving(clerk);
    expect(await faultsHere(clerk)).toEqual([]);
    await clerk.getByLabel('小票号').fill('Ａ－1001');
    await clerk.getByLabel('实付金额（元）').fill('¥58.50');
    await press(clerk, '核对');
    await clerk.getByRole('heading', { name: '核对：记分' }).waitFor();
    expect(await clerk.getByRole('main').innerText()).toMatch(/¥58\.50\s*记多少积分\s*58\s*消费积分/);
    expect(await faultsHere(clerk)).toEqual([]);
    await press(clerk, '确认记分');
    const result = clerk.getByRole('status').filter({ hasText: '记分成功' });
    await result.waitFor();
    expect(await result.innerText()).toContain('消费 ¥58.50\n58 消费积分');
    await clerk.getByText('怎么算的').click();
    expect(await clerk.getByRole('list', { name: '怎么算的' }).innerText()).toContain('58');
    await member.getByRole('status').filter({ hasText: '记分成功' }).waitFor();
    for (const page of [clerk, member]) expect(await faultsHere(page)).toEqual([]);
    expect(await available(member)).toEqual({ ...before, CON: before.CON + 58 });
    await member.getByRole('button', { name: '换一个新码' }).click();
    await member.getByRole('img', { name: '积分码二维码' }).waitFor();
    await enterDigits(clerk, (await readShownCode(member)).digits);
    await clerk.getByLabel('小票号').fill('A-1001');
    await clerk.getByLabel('实付金额（元）').fill('12');
    await press(clerk, '核对');
    await press(clerk, '确认记分');
    await clerk.getByRole('alert').filter({ hasText: '这张小票已经记过分了' }).waitFor();
    expect(await available(member)).toEqual({ ...before, CON: before.CON + 58 });
  });

  it('says beside each field what is wrong', async () => {
    const { digits } = await readShownCode(await showCode());
    const clerk = await walk.visit('clerk', PHONE);
    await enterDigits(clerk, digits);
    await enterGiving(clerk);
    const amount = clerk.getByLabel('实付金额（元）');
    // A comma may be meant as a point: it is not read as ¥125.
    for (const wrong of ['', '0', '1e9', '-0', '0.001', '12，5']) {
      await amount.fill(wrong);
      await answered(clerk, '核对');
      const said = '请填写金额，例如 58.50，小数点用“.”';
      await expect.poll(() => faultOf(amount), { ...SOON, message: wrong }).toBe(said);
    }
    expect(await faultOf(clerk.getByLabel('小票号'))).toBe('请填写小票号');
    // Five zeros too many are asked about before they are booked.
    await clerk.getByLabel('小票号').fill('A-1002');
    await amount.fill('100,000');
    await press(clerk, '核对');
    const asked = clerk.getByRole('status').filter({ hasText: /今天到上限了，这次只记 \d+ 消费积分/ });
    await asked.waitFor();
    expect(await clerk.getByRole('main').innerText()).toContain('¥100,000.00');
    await press(clerk, '改一下');
    await amount.fill('10');
    await clerk.getByLabel('其中用积分付的（元）').fill('10.01');
    await press(clerk, '核对');
    await expect.poll(() => faultOf(clerk.getByLabel('其中用积分付的（元）')), SOON).toBe('不能比实付金额多');
    expect(await faultOf(amount)).toBe('');
  });
});

it('今日小结 counts what was done, and undoes it: the points go back to where they came from', async () => {
  const member = await walk.visit('volunteer');
  const before = await available(member);
  const clerk = await walk.visit('clerk');
  await clerk.getByRole('link', { name: '今日小结' }).filter({ visible: true }).click();
  await clerk.getByRole('heading', { name: '今日小结' }).waitFor();
  const bag = clerk.getByRole('listitem').filter({ hasText: '环保袋' });
  await clerk.getByRole('navigation', { name: '看哪些' }).getByRole('link', { name: '收分' }).click();
  await bag.getByText('撤销', { exact: true }).click();
  await bag.getByRole('button', { name: '退回收的积分' }).click();
  await clerk.getByRole('status').filter({ hasText: '已退回' }).waitFor();
  await bag.getByText('已撤销').waitFor();

  await clerk.getByRole('navigation', { name: '看哪些' }).getByRole('link', { name: '记分' }).click();
  const sale = clerk.getByRole('listitem').filter({ hasText: '小票 A-1001，¥58.50' });
  await sale.getByText('撤销', { exact: true }).click();
  await sale.getByRole('button', { name: '收回记的积分' }).click();
  await clerk.getByRole('status').filter({ hasText: '已收回' }).waitFor();
  await sale.getByText('已撤销').waitFor();
  expect(await available(member)).toEqual({ VOL: before.VOL + 1, CON: before.CON - 58 });
});

it('小结 is one day’s: an earlier one is a tap or a date away, and has nothing of today', async () => {
  const clerk = await walk.visit('clerk', PHONE, '/counter/today?list=take');
  const main = clerk.getByRole('main');
  await main.getByRole('listitem').filter({ hasText: '环保袋' }).waitFor();
  await main.getByRole('link', { name: '前一天' }).click();
  await main.getByRole('heading', { name: '当日小结' }).waitFor();
  expect(await main.getByText('环保袋').count()).toBe(0);
  await main.getByLabel('看哪一天').fill('2020-01-31');
  await press(clerk, '查看');
  await main.getByText('，2020年1月31日').waitFor();
  await main.getByText('这一天没有收分').waitFor();
  await main.getByRole('link', { name: '回到今天' }).click();
  await main.getByRole('listitem').filter({ hasText: '环保袋' }).waitFor();
});
