import { html } from 'hono/html';
import { entryOf, problemCodes } from './problem-catalogue.ts';
import type { ProblemCode } from './problem-catalogue.ts';

/** The page that a problem's `type` leads to. */
export function problemPage(code: ProblemCode) {
  const { status, title, advice, remembered } = entryOf(code);
  return page(
    title.zh,
    html`<h1>${title.zh}</h1>
      <p>${advice.zh}</p>
      ${remembered ? html`<p>这个结果是按规则作出的，已经记住：再试一次要换一个新的 Idempotency-Key。</p>` : ''}
      <hr />
      <h2 lang="en">${title.en}</h2>
      <p lang="en">${advice.en}</p>
      ${
        remembered
          ? html`<p lang="en">
              The rules decided this and it is remembered: another try needs a new Idempotency-Key.
            </p>`
          : ''
      }
      <p><code>${code}</code> · HTTP ${status}</p>
      <p><a href="/api/docs/problems">全部问题 · All problems</a></p>`,
  );
}

export function problemListPage() {
  return page(
    '问题一览',
    html`<h1>问题一览 <span lang="en">· Problems</span></h1>
      <table>
        ${problemCodes.map(
          (code) =>
            html`<tr>
              <td><a href="/api/docs/problems/${code}">${code}</a></td>
              <td>${entryOf(code).status}</td>
              <td>${entryOf(code).title.zh}</td>
              <td lang="en">${entryOf(code).title.en}</td>
            </tr>`,
        )}
      </table>`,
  );
}

function page(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · 邻里积分</title>
        <link rel="stylesheet" href="/api/docs/problems.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** Paper, ink and persimmon, as everywhere. */
export const problemStyle = `:root{color-scheme:light dark;--paper:#fbf8f3;--ink:#1f1a17;--accent:#b93a0e}
@media (prefers-color-scheme:dark){:root{--paper:#171412;--ink:#ede6dc;--accent:#f2935c}}
body{background:var(--paper);color:var(--ink);font:18px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui;max-width:46rem;margin:3rem auto;padding:0 1.25rem}
a{color:var(--accent)}hr{border:0;border-top:1px solid;opacity:.3;margin:2rem 0}
table{border-collapse:collapse}td{padding:.35rem 1rem .35rem 0;vertical-align:top}`;
