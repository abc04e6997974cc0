import { type Identity, isJsonObject, type Json } from '@assay/contract';
import { readToken } from './json-web-token.ts';

/** What the backend says of somebody's roles: in the answer to the sign-up, and in the token. */
export function rolesOf({ profile, token }: Identity): ReadonlySet<string> {
  const claims = token === null ? null : (readToken(token)?.claims ?? null);
  const found = new Set<string>();
  const visit = (value: Json | undefined, depth: number): void => {
    if (!isJsonObject(value) || depth > 2) return;
    for (const [name, member] of Object.entries(value)) {
      if (/^(roles?|scopes?|authorities|groups?|permissions|realm_access)$/i.test(name))
        for (const role of textsIn(member)) found.add(plainRole(role));
      if (/^is_?(admin|administrator)$/i.test(name) && member === true) found.add('admin');
      visit(member, depth + 1);
    }
  };
  visit(profile, 0);
  visit(claims ?? undefined, 0);
  return found;
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/);
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item));
  return isJsonObject(value) ? Object.values(value).flatMap((member) => textsIn(member)) : [];
}

/** As it is compared: without case, and without the `ROLE_` of Spring. */
export function plainRole(role: string): string {
  return role.toLowerCase().replace(/^role_/, '');
}
