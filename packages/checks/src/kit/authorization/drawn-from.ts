import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Identity,
  isSameNoun,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { decimalPlaces, difference } from '../answers/decimals.ts';
import { isDenied } from '../answers/is-denied.ts';
import { actingAs } from '../identity/acting-as.ts';
import { isOpenToAll } from '../identity/asks-for-somebody.ts';
import { isForFew, operationsForRoles } from '../identity/for-few.ts';
import { plainCases } from '../requests/cases.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { exampleCase } from '../setup/example-case.ts';
import { sentFed } from '../setup/feeding.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { ownable } from './ownable.ts';
import type { Trespass } from './trespass.ts';

const purses = ['accounts', 'wallets', 'purses', 'budgets'];
const [from, to] = [/^(from|source|src|payer|sender|debit)/i, /^(to|dest|target|recipient|receiver|payee|credit)/i];
/** How many operations are tried for things of one kind. */
const mostDraws = 3;

/** An operation that takes from a thing, by its id in the body: a transfer from an account. */
interface Draw {
  readonly operation: Operation;
  /** `body:/fromAccountId` */
  readonly target: string;
}

/**
 * Has somebody take from what another one made, by its id in a body: a transfer from their account. Tried is only what the other one may not read, and what the same
 * request by its owner lowers by the amount in it. A thing that others order or book has its number lowered by them rightly, and so only what holds its owner's money
 * counts, or what the body says something comes from.
 */
export async function drawnFrom(context: ProbeContext, owner: Identity, other: Identity): Promise<readonly Trespass[]> {
  const forRoles = await operationsForRoles(context);
  const [asOwner, asOther] = [owner, other].map((who) => actingAs(context.backend, who, forRoles));
  if (asOwner === undefined || asOther === undefined) return [];
  const [setup, theirs] = [new Setup(context, asOwner), new Setup(context, asOther)];
  const tried: Trespass[] = [];
  for (const resource of ownable(context)) {
    if (resource.read === null || holdsAccounts(context, resource) || forRoles.has(resource.create ?? '')) continue;
    for (const draw of drawsOn(context, resource)) {
      if (context.signal.aborted) return tried;
      try {
        const one = await drawn(context, setup, theirs, resource, draw, other);
        if (one !== null) tried.push(one);
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
      }
    }
  }
  return tried;
}

function drawsOn({ contract, shape }: ProbeContext, resource: Resource): readonly Draw[] {
  const isPurse = purses.some((noun) => isSameNoun(noun, resource.name.split('/').at(-1) ?? ''));
  return contract.operations
    .filter(
      (operation) =>
        /^(POST|PUT|PATCH)$/.test(operation.method) &&
        operation.soap === null &&
        ![resource.create, resource.replace, resource.patch].includes(operation.id) &&
        !isForFew(operation) &&
        !isOpenToAll(operation, contract),
    )
    .flatMap((operation) => {
      const named = (shape.bindings[operation.id] ?? [])
        .filter(({ target, resource: bound }) => bound === resource.name && target.startsWith('body:'))
        .map(({ target }) => ({ operation, target, name: target.split('/').at(-1) ?? '' }));
      const fitting = named.find(({ name }) => from.test(name));
      const only = isPurse && named.length === 1 ? named.find(({ name }) => !to.test(name)) : undefined;
      return fitting ?? only ?? [];
    })
    .slice(0, mostDraws);
}

async function drawn(
  context: ProbeContext,
  setup: Setup,
  theirs: Setup,
  resource: Resource,
  { operation, target }: Draw,
  other: Identity,
): Promise<Trespass | null> {
  const made = await setup.makeExemplary(resource.name);
  const reading = withoutConditions(
    await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? ''}`]: made.id }),
  );
  const read = (): Promise<Exchange> => setup.instance.send(reading);
  const theirRead = await context.backend.send({ ...reading, as: other });
  if (!isSuccess(await read()) || !isDenied(theirRead)) return null;
  const own = await drawnByOwner(context, setup, { operation, target }, made, read);
  if (own === null) return null;
  const before = await read();
  // What goes down by itself proves nothing.
  if (JSON.stringify(jsonOf(before)) !== JSON.stringify(jsonOf(own.after))) return null;
  const request = encodeRequest(operation, await theirs.bind(operation, own.request, { [target]: made.id }));
  const exchange = await context.backend.send({ ...request, as: other });
  const [after, again] = [await read(), await read()];
  if (JSON.stringify(jsonOf(after)) !== JSON.stringify(jsonOf(again))) return null;
  return {
    operation: operation.id,
    kind: 'draw',
    made: { id: made.id, sent: made.sent },
    grounds: [status(theirRead) === 404 ? 'hidden' : 'read'],
    exchange,
    before,
    after,
    owner: own.exchange,
    shown: [theirRead],
  };
}

/** The request by the owner, which has to lower something by an amount in it; with what is needed for it put in first. */
async function drawnByOwner(
  context: ProbeContext,
  setup: Setup,
  { operation, target }: Draw,
  made: Made,
  read: () => Promise<Exchange>,
): Promise<{ readonly request: RequestCase; readonly exchange: Exchange; readonly after: Exchange } | null> {
  const [plain] = plainCases(context, operation).take(1);
  if (plain === undefined) return null;
  const next = exampleCase(context.contract, operation, plain) ?? plain;
  const send = async () => {
    const request = await setup.bind(operation, next, { [target]: made.id });
    const before = await read();
    const exchange = await setup.instance.send(encodeRequest(operation, request));
    return { request, before, exchange, after: await read() };
  };
  const first = await send();
  const isFed = !isSuccess(first.exchange) && (await sentFed(context, setup, operation, first.request)) !== null;
  const last = isFed ? await send() : first;
  return isSuccess(last.exchange) && isLower(last.before, last.after, last.exchange) ? last : null;
}

/** Whether a number of the thing is lower by exactly an amount that the request says. */
export function isLower(before: Exchange, after: Exchange, { request }: Exchange): boolean {
  const amounts = decimalPlaces(bodyJson(request.body) as Json | undefined)
    .filter(({ place }) => !/id$/i.test(place))
    .map(({ value }) => Number(value));
  const was = new Map(decimalPlaces(jsonOf(before)).map(({ place, value }) => [place, value]));
  return decimalPlaces(jsonOf(after)).some(({ place, value }) => {
    const old = was.get(place);
    return old !== undefined && amounts.some((amount) => amount > 0 && Number(difference(old, value)) === amount);
  });
}

function jsonOf({ response }: Exchange): Json | undefined {
  return bodyJson(response?.body) as Json | undefined;
}
