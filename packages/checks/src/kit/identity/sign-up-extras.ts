import {
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestSpec,
  resolved,
  valueAt,
} from '@assay/contract';
import { type BodyOffer, type Extra, extraProperties, turnOf } from '../payloads/extra-properties.ts';
import { isTaken } from '../payloads/lists-of-rights.ts';
import { withValueAt } from '../requests/pin.ts';
import { type OwnView, ownViews } from './own-views.ts';
import { sendingThrough } from './sending-through.ts';
import { signUpOf } from './sign-up-again.ts';

/** Something that was sent along when somebody signed up, and that they then are. */
export interface SelfMade {
  readonly extra: Extra;
  /** What it is for those who send nothing along. */
  readonly usual: Json;
  readonly shown: Json;
  /** The claims of their token show it. */
  readonly inToken: boolean;
  readonly signUp: Exchange;
  readonly view: Exchange;
}

export interface SignUpTrial {
  readonly sent: number;
  readonly refused: number;
  readonly found: readonly SelfMade[];
}

/** Each takes a sign-up, a login and some reads. */
const most = 8;

/**
 * Where neither the contract nor the database shows an account to others: people sign up, each with one more property than the request offers, sign in, and
 * look at themselves. What somebody with nothing more comes to, before or after, proves nothing. Null where nobody can sign up, or nothing is shown to them.
 */
export async function signUpTrial(
  context: ProbeContext,
  operation: Operation,
  offer: BodyOffer,
  offered: readonly string[],
  somebodyElse: Json | null,
): Promise<SignUpTrial | null> {
  const usual = await newcomer(context, operation, offer, null);
  // Somebody who is named in the settings was not made here.
  if (usual === null || signUpOf(context, usual)?.operation !== operation.id) return null;
  const views = await ownViews(context, usual);
  if (views.length === 0) return null;
  const extras = views
    .flatMap((view) =>
      extraProperties(
        view.account,
        {},
        schemasOf(context, view),
        { names: offered, inside: offer.inside },
        { random: context.random, contract: context.contract, somebodyElse },
      ),
    )
    .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index)
    .toSorted((a, b) => turnOf(a) - turnOf(b));
  const found: SelfMade[] = [];
  let sent = 0;
  let refused = 0;
  for (const extra of extras.slice(0, most)) {
    if (context.signal.aborted) break;
    sent += 1;
    const person = await newcomer(context, operation, offer, extra);
    const signUp = person === null ? null : signUpOf(context, person);
    if (person === null || signUp === null) {
      refused += 1;
      continue;
    }
    const holding = (await ownViews(context, person)).find(({ account }) => has(account, extra));
    if (holding === undefined || views.some(({ account }) => has(account, extra))) continue;
    if (await comesByItself(context, operation, offer, extra)) continue;
    found.push({
      extra,
      usual:
        views
          .map(({ account }) => valueAt(account, extra.pointer) as Json | undefined)
          .find((one) => one !== undefined) ?? null,
      shown: (valueAt(holding.account, extra.pointer) as Json | undefined) ?? null,
      inToken: holding.operation === null,
      signUp,
      view: holding.exchange,
    });
  }
  return { sent, refused, found };
}

/** Whether one of two who sign up with nothing more comes to the same; or nobody can be looked at any more. */
async function comesByItself(
  context: ProbeContext,
  operation: Operation,
  offer: BodyOffer,
  extra: Extra,
): Promise<boolean> {
  for (let time = 0; time < 2; time += 1) {
    const control = await newcomer(context, operation, offer, null);
    const views = control === null ? [] : await ownViews(context, control);
    if (views.length === 0 || views.some(({ account }) => has(account, extra))) return true;
  }
  return false;
}

function has(account: OwnView['account'], { pointer, value }: Extra): boolean {
  return isTaken(value, valueAt(account, pointer) as Json | undefined);
}

/** Somebody who signed up and in; null when they could not. */
async function newcomer(
  { identities, backend }: ProbeContext,
  operation: Operation,
  { wrapper }: BodyOffer,
  extra: Extra | null,
): Promise<Identity | null> {
  const person = await identities.another(
    sendingThrough(backend, (request, options) =>
      backend.send(
        request.operation === operation.id && extra !== null ? added(request, wrapper, extra) : request,
        options,
      ),
    ),
  );
  return 'unavailable' in person ? null : person;
}

function added(request: RequestSpec, wrapper: string | null, { pointer, value }: Extra): RequestSpec {
  if (typeof request.body !== 'string') return request;
  try {
    const body = JSON.parse(request.body) as Json;
    return {
      ...request,
      body: JSON.stringify(withValueAt(body, (wrapper === null ? '' : `/${wrapper}`) + pointer, value)),
    };
  } catch {
    return request;
  }
}

/** What the contract says of the members of an account, out of what it is wrapped in. */
function schemasOf({ contract }: ProbeContext, { operation }: OwnView): ReadonlyMap<string, Json> {
  const success = operation?.responses.find(({ status }) => status.startsWith('2'));
  const members = propertiesOf(
    success?.content.find(({ mediaType }) => mediaType.endsWith('json'))?.schema,
    contract.definitions,
  );
  const inside = [...members.values()].flatMap((member) => [
    ...propertiesOf(resolved(member, contract.definitions) ?? undefined, contract.definitions),
  ]);
  return new Map([...inside, ...members]);
}
