/** The demo's bar: who there is, and a switch to any of them without a password. Only a demo has these routes. */
import type { IdentityDeps } from '../identity/index.ts';
import { answer, anybody, fileAnswer, json, newModule, problem, refuse, route } from '../platform/index.ts';
import type { DemoPerson, Who } from './crew.ts';
import { FIVE } from './crew.ts';
import { DemoSchema, DemoSignedInSchema, DemoSignInSchema, FileParams } from './demo.schemas.ts';
import * as examples from './demo.examples.ts';

/** What a server that was started by the demo knows of it. */
export type Demo = {
  readonly people: readonly DemoPerson[];
  readonly password: string;
  /** Sample files, read when somebody wants one. */
  readonly files: readonly string[];
  readonly readFile: (name: string) => Promise<Uint8Array>;
};

const bar: readonly Who[] = FIVE;

/** The typed client knows these routes always; a server without a demo has none of them. */
export const demoRoutes = (deps: IdentityDeps & { readonly demo?: Demo }) =>
  deps.demo === undefined ? (newModule(deps) as DemoModule) : routesOf(deps, deps.demo);

type DemoModule = ReturnType<typeof routesOf>;

const routesOf = (deps: IdentityDeps, demo: Demo) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/demo',
        summary: '演示中的人和文件 · The people and files of the demo',
        access: anybody,
        responses: { 200: answer(DemoSchema, '演示数据 · Demo data') },
        example: examples.demo,
      }),
      (c) => {
        const people = demo.people.map(({ person: _, ...shown }) => shown);
        const isFive = ({ who }: { who: Who }) => bar.includes(who);
        const others = people.filter((shown) => !isFive(shown));
        return c.json({ people: people.filter(isFive), others, files: [...demo.files] }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/demo/sign-in',
        summary: '换一个人看 · Go on as somebody else',
        access: anybody,
        request: { body: json(DemoSignInSchema) },
        responses: { 200: answer(DemoSignedInSchema, '已登录，会话在 Cookie 里 · Signed in') },
        problems: ['wrong-credentials', 'cross-site'],
        example: examples.goOnAs,
      }),
      async (c) => {
        const { who } = c.req.valid('json');
        const found = demo.people.find((person) => person.who === who);
        const signedIn =
          found &&
          (await deps.identity.auth.api.signInUsername({
            body: { username: found.username, password: demo.password },
            headers: c.req.raw.headers,
            asResponse: true,
          }));
        // Somebody changed this person's password: then only they can sign in.
        if (!found || !signedIn?.ok) return refuse(c, problem('wrong-credentials'));
        for (const cookie of signedIn.headers.getSetCookie())
          c.header('set-cookie', cookie, { append: true });
        return c.json({ person: found.person }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/demo/files/{file}',
        summary: '下载一个示例文件 · A sample file to try an import with',
        access: anybody,
        request: { params: FileParams },
        responses: { 200: fileAnswer('文件 · The file', 'application/octet-stream') },
        problems: ['not-found'],
        example: examples.sampleFile,
      }),
      async (c) => {
        const { file } = c.req.valid('param');
        if (!demo.files.includes(file)) return refuse(c, problem('not-found'));
        const bytes = await demo.readFile(file);
        return c.body(Uint8Array.from(bytes), 200, {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file)}`,
        });
      },
    );
