/** Files on a break: attached, opened, withdrawn by whoever may work on it. */
import { FILE_TYPES, giveFile, MOST_SENT, readFile } from '../../attachments/index.ts';
import { logLook } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  fileAnswer,
  isProblem,
  json,
  newModule,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import { findBreak } from '../resolve-break.ts';
import { breakDeed } from './break-deeds.routes.ts';
import * as examples from './evidence.examples.ts';
import * as schemas from './break.schemas.ts';
import { attachToBreak, readableEvidence, withdrawFromBreak } from './evidence.ts';

export const evidenceRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const { answerWith, asked, estateOfBreak: at, worksOn } = breakDeed(deps);

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/attachments',
        summary: '给差异附上凭据 · Attach evidence to a break',
        description:
          'JPEG、PNG、WebP 图片和 PDF，每个最多 5 MB，最多 10 个；看内容，不看文件名。图片里的拍摄时间、地点和设备都会去掉。Pictures as JPEG, PNG or WebP, and PDF: at most 5 MB each and ten of them, by their content and not their name. What a picture says of where, when and with what it was taken is dropped.',
        access: worksOn,
        movesPoints: true,
        upload: { mostBytes: MOST_SENT, types: FILE_TYPES },
        request: { params: schemas.BreakParams, query: schemas.AttachQuery },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: [
          ...(['file-not-accepted', 'file-unfit', 'attached-already', 'attachments-full'] as const),
          ...(['attachments-no-room', 'changed-meanwhile', 'month-closed'] as const),
        ],
        example: examples.attach,
      }),
      async (c) => {
        const file = await readFile(c, c.req.valid('query').fileName);
        if (isProblem(file)) return refuse(c, file);
        const view = await answerWith(c, await attachToBreak(deps, { ...(await asked(c)), file }));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/breaks/{break}/attachments/{attachment}',
        summary: '打开凭据 · One piece of evidence',
        description:
          '图片直接显示，PDF 下载；撤下的只有审计能打开。谁打开过都记进查看记录。Pictures are shown, PDF is saved; what was withdrawn is for auditors alone. Who opens it stands in the access log.',
        access: { who: [...worksOn.who, 'auditor'], at },
        request: { params: schemas.AttachmentParams },
        responses: { 200: fileAnswer('凭据 · The file', ...FILE_TYPES) },
        problems: ['not-found'],
        example: examples.open,
      }),
      async (c) => {
        const { break: id, attachment } = c.req.valid('param');
        const found = await findBreak(engine, id);
        const of = found && { attachment, found, actor: actorOf(c) };
        const hanging = of && (await readableEvidence(deps, of));
        if (!of || !hanging) return refuse(c, problem('not-found'));
        const subject = `attachment:${attachment}`;
        const opened = { actor: actorText(of.actor), subject, place: of.found.estate };
        await logLook(deps, { ...opened, what: 'open-file', reason: hanging.name });
        return giveFile(engine, hanging);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/attachments/{attachment}/withdrawal',
        summary: '撤下凭据 · Withdraw evidence',
        description:
          '写明原因；记录和内容都留着，不删除。With a reason; the row and its bytes stay, and nothing is deleted.',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.AttachmentParams, body: json(schemas.WithdrawSchema) },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: ['attachment-withdrawn', 'changed-meanwhile', 'month-closed'],
        example: examples.withdraw,
      }),
      async (c) => {
        const { attachment } = c.req.valid('param');
        const input = { ...(await asked(c)), attachment, ...c.req.valid('json') };
        const view = await answerWith(c, await withdrawFromBreak(deps, input));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    );
};
