import { type Exchange, type Identity, type ProbeContext, type Resource } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { actingAs } from '../identity/acting-as.ts';
import { operationsForFew, operationsForRoles } from '../identity/for-few.ts';
import { operationOf } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { accountsOf, holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';
import { helpedBy } from './helped-by.ts';
import { looksInLists } from './lists-of-both.ts';
import { namesNobodyElse } from './names-nobody-else.ts';
import { ownable } from './ownable.ts';
import type { Trespass } from './trespass.ts';
import { twoNewcomers } from './two-newcomers.ts';
import { whomNamed } from './whom-named.ts';

/**
 * Has somebody make a thing and say in the body that it is another one's, where the contract has 403 for that: "naming another patient is answered with 403". Told is who is
 * refused, and where the other one has the thing from then on, while what was made by the same request for oneself is closed to them.
 */
export async function inAnothersName(context: ProbeContext): Promise<readonly Trespass[]> {
  const forRoles = await operationsForRoles(context);
  const forFew = await operationsForFew(context);
  const asked = ownable(context).flatMap((resource) => {
    const { create } = resource;
    if (create === null || forFew.has(create) || holdsAccounts(context, resource)) return [];
    const operation = operationOf(context.contract, create);
    const names = namesNobodyElse(operation, context);
    return names.length === 0 ? [] : [{ resource, operation, names }];
  });
  const people = asked.length === 0 ? null : await twoNewcomers(context);
  if (people === null) return [];
  const [maker, other] = people;
  const asMaker = actingAs(context.backend, maker, forRoles);
  const accounts = await accountsOf(context, new Setup(context, asMaker), maker);
  const tried: Trespass[] = [];
  for (const { resource, operation, names } of asked) {
    if (context.signal.aborted) break;
    const helped = helpedBy(context, asMaker, (create) => create !== operation.id);
    const setup = new Setup(context, helped);
    for (const account of accounts) setup.adopt(account);
    try {
      const others = await whomNamed(context, setup, operation, other);
      for (const { name, own } of await whomNamed(context, setup, operation, maker)) {
        const theirs = others.find((one) => one.name === name)?.own;
        if (!names.includes(name) || theirs === undefined || theirs === own) continue;
        const one = await madeForBoth(context, setup, resource, name, { maker, own, other, theirs });
        if (one !== null) tried.push(one);
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return tried;
}

async function madeForBoth(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  name: string,
  { maker, own, other, theirs }: { maker: Identity; own: Made['id']; other: Identity; theirs: Made['id'] },
): Promise<Trespass | null> {
  const mine = await setup.make(resource.name, (request) => pinned(request, `body:/${name}`, own));
  const closed = await seenBy(context, setup, resource, mine, other, maker);
  if (closed.isSeen) return null;
  const said = { operation: resource.create ?? '', kind: 'name' as const, made: { id: mine.id, sent: mine.sent } };
  try {
    const made = await setup.make(resource.name, (request) => pinned(request, `body:/${name}`, theirs));
    const seen = await seenBy(context, setup, resource, made, other, maker);
    const thing = { id: made.id, sent: made.sent };
    const shown = [...closed.exchanges, ...seen.exchanges];
    return seen.isSeen
      ? {
          ...said,
          made: thing,
          grounds: ['contract'],
          exchange: made.exchange,
          before: null,
          after: null,
          owner: null,
          shown,
        }
      : null;
  } catch (error) {
    if (!(error instanceof SetupFailed) || error.exchange === null || status(error.exchange) !== 403) throw error;
    return {
      ...said,
      grounds: [],
      exchange: error.exchange,
      before: null,
      after: null,
      owner: mine.exchange,
      shown: [],
    };
  }
}

/** Whether somebody reads a thing, or sees it in a list. */
async function seenBy(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  made: Made,
  other: Identity,
  maker: Identity,
): Promise<{ readonly isSeen: boolean; readonly exchanges: readonly Exchange[] }> {
  if (resource.read !== null) {
    const target = `path:${resource.idParameter ?? ''}`;
    const request = withoutConditions(await setup.request(resource.read, { [target]: made.id }));
    const exchange = await context.backend.send({ ...request, as: other });
    return { isSeen: isGranted(exchange), exchanges: [exchange] };
  }
  const looked = await looksInLists(context, setup, resource, made, other, maker);
  return { isSeen: looked.owner, exchanges: looked.exchanges };
}
