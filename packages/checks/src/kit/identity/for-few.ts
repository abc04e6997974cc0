import type { Operation, ProbeContext } from '@assay/contract';

const above =
  /^(role_)?(super_?)?(admins?|administrators?|super_?users?|root|staff|moderators?|mods?|managers?|operators?|support|auditors?|owners?|editors?|backoffice|internal|system)(:.*)?$/i;

/** Who looks after others, and may see what is theirs. */
const caring =
  /doctor|physician|nurse|practitioner|therapist|teacher|professor|lecturer|librarian|employee|staff|agent|dispatch|inspect|review|judge|analyst|clerk|officer|account(?:ant|ing)|supervis|coordinat|technic/i;

/** Whether somebody who may choose what to be should not choose that: it is above others, or looks after them. */
export function isForOthers(role: string): boolean {
  return isAbove(role) || caring.test(role);
}

/** Whether it is a role that nobody gets by signing up. Scopes such as `orders:read` may be everybody's. */
export function isAbove(role: string): boolean {
  return above.test(role);
}

/** Whether an operation is for a role that newcomers do not have, as far as the name of the role tells. */
export function isForFew({ roles }: Pick<Operation, 'roles'>): boolean {
  return roles.some(isAbove);
}

/** Operations that name a role which somebody is known to have: what others need of them, those people do. */
export async function operationsForRoles({
  contract,
  identities,
  backend,
}: Pick<ProbeContext, 'contract' | 'identities' | 'backend'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { id, roles } of contract.operations)
    for (const role of roles) if (!('unavailable' in (await identities.another(backend, role)))) found.add(id);
  return found;
}

/** Those and the ones that a newcomer may not ask by the name of their role. */
export async function operationsForFew(
  context: Pick<ProbeContext, 'contract' | 'identities' | 'backend'>,
): Promise<ReadonlySet<string>> {
  const byName = context.contract.operations.filter(isForFew).map(({ id }) => id);
  return new Set([...(await operationsForRoles(context)), ...byName]);
}

/** Those that name no role first: a scope may be everybody's, and need not be. */
export function openFirst(operations: readonly Operation[]): readonly Operation[] {
  return operations.toSorted((a, b) => Number(a.roles.length > 0) - Number(b.roles.length > 0));
}
