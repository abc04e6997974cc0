/** Whether a member by this name says which thing it is. */
export function isIdName(name: string): boolean {
  return /^_?(?:id|uuid|guid)$/i.test(name);
}
