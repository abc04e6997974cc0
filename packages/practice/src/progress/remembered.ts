import type { Progress } from './progress.ts';

const kept = new WeakMap<Progress, Map<string, { readonly state: string; readonly value: unknown }>>();

/** What is computed from all reviews, computed again only when there are more of them or the schedule has changed. */
export function remembered<T>(progress: Progress, name: string, compute: () => T): T {
  const { count, last, scheduler } = progress;
  const state = JSON.stringify([count, last, scheduler.retention, scheduler.weights]);
  const all = kept.get(progress) ?? new Map<string, { readonly state: string; readonly value: unknown }>();
  kept.set(progress, all);
  const before = all.get(name);
  // Under one name stands what one caller computes.
  if (before?.state === state) return before.value as T;
  const value = compute();
  all.set(name, { state, value });
  return value;
}
