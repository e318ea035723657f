/** Services, their rating and what they earned. */
export { explainService, listServices, type ServiceState } from './list-services.ts';
export { rateService } from './rate-service.ts';
export { recordService, type ServiceInput } from './record-service.ts';
export { volunteeringRoutes } from './volunteering.routes.ts';
