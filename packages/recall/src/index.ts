export { type Card, dayMs, daysBetween, type Review, wholeDaysBetween } from './card.ts';
export { type Fit, fitWeights, leastReviewsToFit } from './fit.ts';
export { type History, type LogLoss, logLossOf } from './log-loss.ts';
export { type Attempt, type Rating, ratingOf } from './rating.ts';
export { createScheduler, type Scheduler, type SchedulerOptions } from './scheduler.ts';
