export { registry } from './generated/registry.ts';
export { areas, type AnyCheck } from './areas.ts';
export { scenarioCheck } from './scenario/scenario-check.ts';
export { authenticated } from './kit/identity/authenticated.ts';
export { isShownOfSite } from './kit/identity/carriers.ts';
export { openIdentities } from './kit/identity/identities.ts';
export type { LiveIdentities } from './kit/identity/live-identities.ts';
