export { type Arrivals, burstArrivals, constantArrivals, poissonArrivals } from './arrivals.ts';
export type { LoadErrorKind } from './connection.ts';
export { Histogram, type LatencySummary } from './histogram.ts';
export { type Knee, type KneeStep, stepsToKnee } from './knee.ts';
export type { OwnEffort } from './own-limit.ts';
export { type PreparedRequest, prepareRequest } from './prepared-request.ts';
export { type LoadOptions, type LoadResult, runLoad } from './run-load.ts';
export type { Judge, VerificationCounts } from './verification.ts';
