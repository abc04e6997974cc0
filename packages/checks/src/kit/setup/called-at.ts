import type { Binding } from '@assay/contract';
import { isIdName } from './id-name.ts';

/** What a thing is called by the place at which a request names it, as `toAccountId`; by its kind where that says no more than `id`. */
export function calledAt({ target, resource }: Pick<Binding, 'target' | 'resource'>): string {
  const name = target.split(/[:/]/).findLast((part) => !/^(\d+|\*)$/.test(part));
  return name === undefined || isIdName(name) ? (resource.split('/').at(-1) ?? resource) : name;
}
