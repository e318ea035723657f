export { actorText, EVERYWHERE, keyScope, roles, scopes, subjectOf } from './actor.ts';
export type { ActingFor, Actor, KeyActor, PersonActor, Role, RoleAt, Scope } from './actor.ts';
export { anybody, mayAt, placesOf } from './access.ts';
export type { Access, PlaceTree } from './access.ts';
export { limitedBody, UPLOAD_LIMIT } from './body.ts';
export type { ActFor, AppEnv, Deps, Identify, Log, RouteDeps } from './deps.ts';
export { isRefusal, readConfig } from './config.ts';
export type { Config, ConfigRefusal } from './config.ts';
export type { WechatConfig, WechatWay } from './wechat-config.ts';
export { originChecks, originOf } from './origin.ts';
export { loadSecret } from './secret.ts';
export { languageOf } from './language.ts';
export type { Language, Words } from './language.ts';
export { cursorAfter, cutPage, PAGE_LIMIT, pageOf, pageQuery, parsePage } from './paging.ts';
export type { After, Page } from './paging.ts';
export {
  isProblem,
  onError,
  problem,
  problemBody,
  ProblemError,
  ProblemSchema,
  refuse,
  WordsSchema,
} from './problems.ts';
export type { FieldProblem, Problem, ProblemBody, ProblemCode } from './problems.ts';
export { fieldProblems, say } from './problem-fields.ts';
export { createRateLimiter, DEFAULT_LIMITS } from './rate-limit.ts';
export type { RateLimiter, RateLimits } from './rate-limit.ts';
export { answer, assertAllDeclared, json, mountedRoutes, newModule, noContent, route, z } from './route.ts';
export type { MountedRoute, RouteExample, RouteSpec } from './route-spec.ts';
export { actorOf, FOR_HEADER, idempotencyKeyOf, markReplay, personOf, subjectIn } from './serve.ts';
export type { Clock, Ids, Instant } from './time.ts';
export {
  AmountSchema,
  DaySchema,
  formatInstant,
  IdSchema,
  InstantSchema,
  MonthSchema,
  parseInstant,
  text,
} from './wire.ts';
export { named } from './example.ts';
export type { NamedInExamples } from './example.ts';
export { CSV_TYPE, fileAnswer, XLSX_TYPE } from './file-types.ts';
export { docsPages, openApiDocument } from './docs.ts';
export { createLog } from './logs.ts';
export { createObserver } from './observe.ts';
export { createIds, firstIdAt } from './ids.ts';
export { together } from './together.ts';
export { MOST_WAITING, waitingKinds, waitingOf } from './waiting.ts';
export type { Waiter, Waiting, WaitingCounter, WaitingKind } from './waiting.ts';
export type { Observer, Served } from './observe.ts';
export { createHttpServer, PAGE_HEADERS } from './http-server.ts';
export type { HttpServer, PagesHandler } from './http-server.ts';
export { createWebhookProvider } from './message-provider.ts';
export type { Carried, Message, MessageProvider } from './message-provider.ts';
export { maskName, maskPhone } from './masking.ts';
export { entryOf, isProblemCode } from './problem-catalogue.ts';
export { keepHeapSmall } from './small-heap.ts';
