/** Services, their rating and what they earned. */
export { explainService, listServices, servicesOfPlace, type ServiceState } from './list-services.ts';
export { servicesOfMonth } from './services-of-month.ts';
export { servedMinutes, type Service } from './service.ts';
export { rateService } from './rate-service.ts';
export { servicesOfTransactions, type ServiceCounted } from './services-of-transactions.ts';
export { recordService, type ServiceInput } from './record-service.ts';
export { servicesAsClaimed } from './service-claims.ts';
export { volunteeringRoutes } from './volunteering.routes.ts';
export { ratingsWaiting } from './waiting-ratings.ts';
export { serviceTableRoutes } from './service-table.routes.ts';
