import { isSameNoun } from '@assay/contract';

/** Whether a member by this name says which thing it is. */
export function isIdName(name: string): boolean {
  return /^_?(?:id|uuid|guid)$/i.test(name);
}

/** Whether a member by this name says which thing of a kind something is of: `show_id` of shows. */
export function isIdNameOf(name: string, resource: string): boolean {
  const of = /^(.+?)[-_]?(?:id|ID|Id)$/.exec(name)?.[1];
  return of !== undefined && isSameNoun(of, resource.split('/').at(-1) ?? resource);
}
