import { expect, it } from 'vitest';
import { sendWords } from './send-words.server.ts';

function formOf(text: string): FormData {
  const form = new FormData();
  form.set('text', text);
  return form;
}

async function send(text: string) {
  const sent: string[] = [];
  const told = await sendWords(formOf(text), 'zh-CN', {
    done: 'asked',
    missing: '请写下您想问的',
    send: (words) => {
      sent.push(words.text);
      return Promise.resolve(Response.json({}));
    },
  });
  return { told, sent };
}

it('a text that is too long is told how long it is, and nothing is sent', async () => {
  const { told, sent } = await send('问'.repeat(501));
  expect(told).toMatchObject({ status: 422, data: { error: '最多 500 个字，现在 501 个', done: null } });
  expect(sent).toEqual([]);
});

it('a line break is one character, as its writer counted it', async () => {
  const { told, sent } = await send(`${'问'.repeat(250)}\r\n${'答'.repeat(249)}`);
  expect(told).toMatchObject({ done: 'asked' });
  expect(sent).toEqual([`${'问'.repeat(250)}\n${'答'.repeat(249)}`]);
});

it('an empty text is asked for', async () => {
  const { told } = await send(' \r\n ');
  expect(told).toMatchObject({ status: 422, data: { error: '请写下您想问的' } });
});
