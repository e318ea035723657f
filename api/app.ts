import { OpenAPIHono } from '@hono/zod-openapi';
import { actingRoutes } from './acting/index.ts';
import { isPassing } from './db/index.ts';
import { demoRoutes, type Demo } from './demo/index.ts';
import { disclosureRoutes } from './disclosure/index.ts';
import { exchangeWaiting, explainOffset, feesRoutes, signaturesWaiting } from './fees/index.ts';
import { identityRoutes, signInRoutes } from './identity/index.ts';
import type { IdentityDeps } from './identity/index.ts';
import { inquiriesAtDeskRoutes, inquiriesRoutes, inquiriesWaiting } from './inquiries/index.ts';
import { JournalUnavailable, ledgerRoutes, verificationRoutes } from './ledger/index.ts';
import { codesWaiting, messagesWaiting, noticesRoutes, tellPeople } from './notices/index.ts';
import { placesRoutes, type ProductDeps } from './places/index.ts';
import {
  anybody,
  assertAllDeclared,
  docsPages,
  newModule,
  onError,
  openApiDocument,
  problem,
  refuse,
  route,
  z,
} from './platform/index.ts';
import {
  agreementRoutes,
  budgetsWaiting,
  unitRoutes,
  memberRoutes,
  nameOfActor,
  outlookRoutes,
  programmeRoutes,
  residentPointsRoutes,
  sampleRoutes,
  type Explainer,
} from './programme/index.ts';
import { productChecks } from './product-checks.ts';
import { rulebookRoutes, rulesToCome } from './rulebook/index.ts';
import { settlementRoutes, settlementsWaiting } from './settlement/index.ts';
import { setupRoutes } from './setup/index.ts';
import { explainOrder, explainShop, shopRoutes } from './shop/index.ts';
import {
  explainService,
  ratingsWaiting,
  serviceTableRoutes,
  volunteeringRoutes,
} from './volunteering/index.ts';
import { waitingRoutes } from './waiting/index.ts';
import { webhookRoutes, type WebhookDeps } from './webhooks/index.ts';
import type { AppEnv, Problem, WaitingCounter } from './platform/index.ts';

/** Everything that the modules need; made by server.ts, or by a test. */
export type AppDeps = ProductDeps & IdentityDeps & WebhookDeps & { readonly demo?: Demo };

/** What the modules know of the transactions they made; a member's statement, the auditor's page and the notices ask them all. */
export const explainers: readonly Explainer[] = [explainService, explainShop, explainOrder, explainOffset];

/** What waits for somebody, module by module; a module that adds a kind joins here (api/platform/waiting.ts says how). */
const waitingCounters: readonly ((deps: AppDeps) => WaitingCounter)[] = [
  ratingsWaiting,
  budgetsWaiting,
  signaturesWaiting,
  exchangeWaiting,
  inquiriesWaiting,
  messagesWaiting,
  codesWaiting,
  settlementsWaiting,
  rulesToCome,
];

/** The API: every module's routes under /api/v1, sign-in under /api/auth, the documentation under /api/docs. */
export function createApp(deps: AppDeps) {
  // Written at the first request, when every module has been mounted.
  let document: Record<string, unknown> | undefined;
  const whole: { app?: OpenAPIHono<AppEnv> } = {};
  const documentOf = ({ app }: typeof whole) => (document ??= app ? openApiDocument(app) : {});

  const v1 = newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/openapi.json',
        summary: '这份接口说明 · This document',
        access: anybody,
        responses: {
          200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.looseObject({}) } } },
        },
        example: {
          answer: { openapi: '3.1.0', info: { title: '邻里积分 · Linli', version: '1' }, paths: {} },
        },
      }),
      (c) => c.json(documentOf(whole), 200),
    )
    .route('/', identityRoutes(deps))
    .route('/', ledgerRoutes(deps))
    .route(
      '/',
      verificationRoutes(deps, {
        nameOf: (actor) => nameOfActor(deps.engine, actor),
        productChecks,
      }),
    )
    .route('/', memberRoutes(deps, explainers))
    .route('/', residentPointsRoutes(deps, explainers))
    .route('/', programmeRoutes(deps))
    .route('/', agreementRoutes(deps))
    .route('/', unitRoutes(deps))
    .route('/', sampleRoutes(deps))
    .route('/', outlookRoutes(deps))
    .route('/', rulebookRoutes(deps))
    .route('/', placesRoutes({ ...deps, tell: tellPeople(deps) }))
    .route('/', feesRoutes(deps))
    .route('/', settlementRoutes(deps))
    .route('/', volunteeringRoutes(deps))
    .route('/', serviceTableRoutes(deps))
    .route('/', shopRoutes(deps))
    .route('/', webhookRoutes(deps))
    .route('/', disclosureRoutes(deps))
    .route('/', inquiriesRoutes(deps, explainers))
    .route('/', inquiriesAtDeskRoutes(deps, explainers))
    .route('/', noticesRoutes(deps))
    .route(
      '/',
      waitingRoutes(
        deps,
        waitingCounters.map((of) => of(deps)),
      ),
    )
    .route('/', actingRoutes(deps))
    .route('/', demoRoutes(deps))
    .route('/', setupRoutes(deps));

  const app = new OpenAPIHono<AppEnv>().route('/api/v1', v1).route('/api/auth', signInRoutes(deps));
  whole.app = app;
  app.route('/api/docs', docsPages());
  app.onError(
    onError(
      (error) => deps.log.error({ error }, 'a bug'),
      (error) => problemOfJournal(error) ?? problemOfDatabase(error, deps.log),
    ),
  );
  app.notFound((c) => refuse(c, problem('not-found')));
  assertAllDeclared(app, '/api/v1');
  assertAllDeclared(app, '/api/auth');
  return app;
}

/** The journal's own exceptions: the same key may be sent again, and what was booked is not booked twice. */
function problemOfJournal(error: unknown): Problem | undefined {
  if (!(error instanceof JournalUnavailable)) return undefined;
  return problem(error.reason === 'stopping' ? 'shutting-down' : 'overloaded', { retryAfterS: 2 });
}

/** No room for it at the moment, or not reached: no bug, and a matter for whoever runs the database. */
function problemOfDatabase(error: unknown, log: AppDeps['log']): Problem | undefined {
  if (!isPassing(error)) return undefined;
  log.warn({ error }, 'the database is busy or was not reached');
  return problem('overloaded', { retryAfterS: 2 });
}

/** For the typed client; the web takes it from contract.ts. */
export type AppType = ReturnType<typeof createApp>;
