import type { InvalidRequestCase } from '@assay/contract';

/** Whether a binding's target carries the violation of an invalid case, so that binding must leave it as it is. */
export function isViolated(target: string, violation: InvalidRequestCase['violation']): boolean {
  const colon = target.indexOf(':');
  if (target.slice(0, colon) !== violation.where) return false;
  const name = target.slice(colon + 1);
  if (violation.where === 'header') return true;
  if (violation.where !== 'body') return violation.parameter === name;
  const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);
  return within(violation.pointer, name) || within(name, violation.pointer);
}
