import type { Exchange, Identity, ProbeContext, Resource } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { actingAs } from '../identity/acting-as.ts';
import { lockedOut } from '../identity/locked-out.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';
import { accountOf } from '../setup/accounts-elsewhere.ts';
import type { Trespass } from './trespass.ts';

/**
 * Does once more, to the account of somebody new, what others could do to one though nothing shows that it is not for them, or what became of it: whose own
 * login is refused after it has lost the account.
 */
export async function lockouts(
  context: ProbeContext,
  resource: Resource,
  other: Identity,
  tried: readonly Trespass[],
): Promise<readonly Trespass[]> {
  const taken = tried.filter(({ kind }) => kind === 'takeover').map(({ operation }) => operation);
  const direct = [resource.patch, resource.replace, resource.remove].filter((id) => !taken.includes(id ?? ''));
  const doubtful = tried.filter(
    ({ operation, grounds, exchange, after }) =>
      direct.includes(operation) && isGranted(exchange) && (grounds.length === 0 || isRefused(after)),
  );
  const found: Trespass[] = [];
  for (const { operation } of doubtful) {
    const [owner, control] = [
      await context.identities.another(context.backend),
      await context.identities.another(context.backend),
    ];
    if ('unavailable' in owner || 'unavailable' in control) break;
    const setup = new Setup(context, actingAs(context.backend, owner));
    const made = await accountOf(context, setup, resource, owner);
    if (made === null) break;
    try {
      const target = `path:${resource.idParameter ?? ''}`;
      const request = withoutConditions(await setup.request(operation, { [target]: made.id }));
      const lost = await lockedOut(context, request, owner, control, other);
      if (lost === null) continue;
      const { before, exchange, after } = lost;
      const thing = { id: made.id, sent: made.sent };
      found.push({
        operation,
        kind: 'lockout',
        made: thing,
        grounds: ['login'],
        exchange,
        before,
        after,
        owner: null,
        shown: [],
      });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** Whoever has lost their account is often refused everything, which tells nothing of the account. */
function isRefused(after: Exchange | null): boolean {
  return after !== null && [401, 403].includes(status(after) ?? 0);
}
