export { registry } from './generated/registry.ts';
export { areas, type AnyCheck } from './areas.ts';
export { scenarioCheck } from './scenario/scenario-check.ts';
