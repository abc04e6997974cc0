import {
  type Binding,
  bodyJson,
  type Exchange,
  type Identity,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { isDenied } from '../answers/is-denied.ts';
import { actingAs } from '../identity/acting-as.ts';
import { isOpenToAll, mayAskForSomebody } from '../identity/asks-for-somebody.ts';
import { operationsForFew, operationsForRoles } from '../identity/for-few.ts';
import { takenOver } from '../identity/takeover.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { accountsOf, holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { belowAccount } from './below-account.ts';
import { isCapability } from './capability.ts';
import { helpedBy } from './helped-by.ts';
import { type Looked, looksInLists } from './lists-of-both.ts';
import { lockouts } from './lockouts.ts';
import { namingOneself } from './naming-oneself.ts';
import { isOwnDeed, isRequestToComeIn } from './own-deed.ts';
import { atOwnParents, type AtOwnParents } from './own-parents.ts';
import { makeVariant, variants } from './made-variants.ts';
import { isOpenToReaders } from './open-to-readers.ts';
import { ownable } from './ownable.ts';
import { forbidsOthers } from './ownership.ts';
import { withoutUnlisted } from './unlisted.ts';

/** Why what was done is not for others: what the contract says, or what the backend itself shows. */
export type Ground =
  /** The contract has 403 for the operation and says whose the things are. */
  | 'contract'
  /** The owner's list shows it, nobody else's does. */
  | 'list'
  /** Its owner reads it, others are refused. */
  | 'read'
  /** Its owner reads it, and for others it is not there. */
  | 'hidden'
  /** At its own address others are refused, and not at one of theirs with its id at the end. */
  | 'nested'
  /** It is the owner's account: by the password that the other one set they are let in as its owner. */
  | 'account'
  /** It is the owner's account: their own login is refused from then on. */
  | 'login'
  /** What it refused them before, it serves them afterwards. */
  | 'role';

/** Something that one person did with what another one made. */
export interface Trespass {
  readonly operation: string;
  readonly kind: 'read' | 'change' | 'delete' | 'act' | 'takeover' | 'lockout' | 'list' | 'draw' | 'name' | 'raise';
  readonly made: Pick<Made, 'id' | 'sent'>;
  readonly grounds: readonly Ground[];
  /** What others did. */
  readonly exchange: Exchange;
  /** The thing as its owner saw it before and after; null where it cannot be seen. */
  readonly before: Exchange | null;
  readonly after: Exchange | null;
  /** The same request by the owner, where the others were refused. */
  readonly owner: Exchange | null;
  /** What the grounds rest on: lists in which both looked for it, and how the others were refused when they read it. */
  readonly shown: readonly Exchange[];
}

export interface Trespasses {
  readonly tried: readonly Trespass[];
  readonly trouble: string | null;
}

/** Has one person make things, and another one read, change, use and delete them by their ids. */
export async function trespasses(context: ProbeContext, owner: Identity, other: Identity): Promise<Trespasses> {
  const tried: Trespass[] = [];
  let trouble: string | null = null;
  const forRoles = await operationsForRoles(context);
  let own: string | null = null;
  const asOwner = helpedBy(
    context,
    namingOneself(context, actingAs(context.backend, owner, forRoles), owner),
    (create) => create !== own,
  );
  const accounts = await accountsOf(context, new Setup(context, asOwner), owner);
  const newSetup = (): Setup => {
    const setup = new Setup(context, asOwner);
    for (const account of accounts) setup.adopt(account);
    return setup;
  };
  const atTheirs = atOwnParents(context, other, forRoles);
  // What somebody with a role makes is not the owner's.
  for (const resource of ownable(context).filter(({ create }) => !forRoles.has(create ?? ''))) {
    const things: Tested[] = [];
    own = resource.create;
    for (let variant = 0; variant < variants && !context.signal.aborted; variant += 1) {
      try {
        const setup = newSetup();
        const made = await makeVariant(context, setup, resource, owner, variant);
        if (made === null) break;
        const tested = await onThing(context, setup, resource, made, owner, other, atTheirs);
        things.push(tested);
        trouble = tested.trouble ?? trouble;
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
        break;
      }
    }
    tried.push(...withoutUnlisted(things), ...(await belowAccount(context, newSetup(), resource, owner, other)));
    if (holdsAccounts(context, resource)) tried.push(...(await lockouts(context, resource, other, tried)));
  }
  return { tried, trouble };
}

/** One thing, and what became of it. */
interface Tested {
  readonly made: Made;
  readonly seenByOther: boolean;
  readonly tried: readonly Trespass[];
  /** Why an operation could not be asked; the last one's reason. */
  readonly trouble: string | null;
}

async function onThing(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  made: Made,
  owner: Identity,
  other: Identity,
  atTheirs: AtOwnParents,
): Promise<Tested> {
  const { backend, contract, shape } = context;
  const tried: Trespass[] = [];
  const thing = { id: made.id, sent: made.sent };
  const isAccount = holdsAccounts(context, resource);
  const forFew = await operationsForFew(context);
  let trouble: string | null = null;
  const pathBindings = (id: string): readonly Binding[] =>
    setup.bindingsOf(id).filter(({ target, resource: bound }) => bound === resource.name && target.startsWith('path:'));
  const isOn = ({ id }: Operation): boolean => pathBindings(id).length > 0;
  /** Who it is handed to reads it, though it stands in their list no more than in that of the other, and does with it what it is for. */
  const isHandedOn = ({ id }: Operation): boolean =>
    pathBindings(id).some(({ target }) => isCapability(target.slice('path:'.length), made.id, made));
  /** Null when what else it needs cannot be made: the other operations are asked all the same. */
  const requestFor = async ({ id }: Operation): Promise<RequestSpec | null> => {
    const own = Object.fromEntries(pathBindings(id).map(({ target }) => [target, made.id]));
    try {
      return withoutConditions(await setup.request(id, own));
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
      return null;
    }
  };
  const as = (identity: Identity, request: RequestSpec): Promise<Exchange> =>
    backend.send({ ...request, as: identity });

  const read = contract.operations.find(({ id }) => id === resource.read);
  const reading = read === undefined ? null : await requestFor(read);
  /** What shows at this moment that the thing is not for others: whoever owns it may have published it since. */
  const look = async (): Promise<View> => {
    const seen = await looksInLists(context, setup, resource, made, owner, other);
    const grounds: Ground[] = seen.owner && !seen.other ? ['list'] : [];
    const mine = reading === null ? null : await as(owner, reading);
    const theirs = reading === null || mine === null || !isSuccess(mine) ? null : await as(other, reading);
    const code = theirs === null ? null : status(theirs);
    // Somebody reads it with this very request, so that 400 speaks of who asks as well.
    if (code === 400 || code === 401 || code === 403) grounds.push('read');
    if (code === 404) grounds.push('hidden');
    return { seen, grounds, mine, theirs };
  };
  const see = async (view: View): Promise<Exchange | null> =>
    reading === null ? view.seen.again() : as(owner, reading);

  let view = await look();
  const tryNested = async (
    operation: Operation,
    kind: Trespass['kind'],
    before: Exchange | null,
    refused: Exchange,
  ): Promise<void> => {
    if (before === null || !isDenied(refused) || view.grounds.length === 0) return;
    const request = await atTheirs(operation, resource, made);
    if (request === null) return;
    const exchange = await as(other, request);
    const after = kind === 'read' ? null : await see(view);
    const [grounds, shown]: [Ground[], Exchange[]] = [['nested'], [refused]];
    tried.push({ operation: operation.id, kind, made: thing, grounds, exchange, before, after, owner: null, shown });
  };
  const seenByOther = view.seen.other;
  if (read !== undefined && !isOpenToAll(read, contract) && view.mine !== null && view.theirs !== null) {
    const isOpen = isOpenToReaders([read], made, jsonOf(view.mine));
    const grounds: Ground[] = view.grounds.filter((ground) => ground === 'list' && !isOpen && !isHandedOn(read));
    if (!isOpen && !view.seen.other && forbidsOthers(read, shape.resources) && mayAskForSomebody(read, context))
      grounds.push('contract');
    const { mine, theirs, seen } = view;
    tried.push({
      operation: read.id,
      kind: 'read',
      made: thing,
      grounds,
      exchange: theirs,
      before: mine,
      after: null,
      owner: mine,
      shown: grounds.includes('list') ? seen.exchanges : [],
    });
    await tryNested(read, 'read', mine, theirs);
  }
  const rank = ({ id, method }: Operation): number =>
    id === resource.remove ? 3 : method === 'GET' ? 1 : [resource.patch, resource.replace].includes(id) ? 2 : 0;
  const others = contract.operations
    .filter(
      (operation) =>
        operation.id !== resource.read &&
        operation.method !== 'HEAD' &&
        !forFew.has(operation.id) &&
        !isOpenToAll(operation, contract) &&
        isOn(operation),
    )
    .toSorted((a, b) => rank(a) - rank(b));
  for (const operation of others) {
    const direct = [resource.patch, resource.replace, resource.remove].includes(operation.id);
    const kind =
      operation.id === resource.remove ? 'delete' : operation.method === 'GET' ? 'read' : direct ? 'change' : 'act';
    const request = await requestFor(operation);
    if (request === null) continue;
    const isOwn = kind === 'act' && isOwnDeed(operation);
    const isForOthers = isRequestToComeIn(operation) || isHandedOn(operation);
    const said = [operation, ...(read === undefined ? [] : [read])];
    const isOpen = kind === 'read' && isOpenToReaders(said, made, jsonOf(view.mine));
    const isSeen = direct || kind === 'act';
    const before = kind === 'read' ? await as(owner, request) : isSeen ? await see(view) : null;
    const exchange = await as(other, request);
    const after = isSeen ? await see(view) : null;
    if (direct) await tryNested(operation, kind, after, exchange);
    const grounds: Ground[] = view.grounds.filter((ground) => {
      // That somebody's account is closed says nothing of their posts, or of who may follow them.
      if (isAccount && !direct && ground !== 'list') return false;
      if (kind === 'read') return ground !== 'list' || !(isOpen || isHandedOn(operation));
      // Who may not read a thing may be welcome to join it, or to pay into it; for whom it is not there, nothing is to be done with it but to come in or take part.
      return kind !== 'act' || (ground === 'hidden' && !isForOthers) || (isOwn && ground !== 'list');
    });
    // That others see the thing is no permission to change it.
    if (direct && forbidsOthers(operation, shape.resources)) grounds.push('contract');
    const keepsItself = kind === 'delete' && isAccount;
    const byOwner = kind === 'read' ? before : isSuccess(exchange) || keepsItself ? null : await as(owner, request);
    tried.push({
      operation: operation.id,
      kind,
      made: thing,
      grounds,
      exchange,
      before,
      after,
      owner: byOwner,
      shown: [
        ...(grounds.includes('list') ? view.seen.exchanges : []),
        ...(view.theirs !== null && view.grounds.some((ground) => ground !== 'list') ? [view.theirs] : []),
      ],
    });
    if (kind !== 'read' && kind !== 'delete') view = await look();
  }
  if (isAccount)
    for (const operation of contract.operations.filter((one) => isOn(one) && !forFew.has(one.id))) {
      const request = await requestFor(operation);
      const taken = request === null ? null : await takenOver(context, operation, request, owner, other);
      if (taken === null) continue;
      tried.push({
        operation: operation.id,
        kind: 'takeover',
        made: thing,
        grounds: ['account'],
        exchange: taken.exchange,
        before: null,
        after: taken.signedIn,
        owner: null,
        shown: [],
      });
      break;
    }
  return { made, seenByOther, tried, trouble };
}

/** The thing as both see it at one moment. */
interface View {
  readonly seen: Looked;
  readonly grounds: readonly Ground[];
  readonly mine: Exchange | null;
  readonly theirs: Exchange | null;
}

function jsonOf(exchange: Exchange | null): unknown {
  return bodyJson(exchange?.response?.body);
}
