import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { isGrantedBeside } from '../answers/granted.ts';
import { isOpenToAll } from '../identity/asks-for-somebody.ts';
import { idsOf } from '../identity/ids-of.ts';
import { loginWith } from '../identity/login-with.ts';
import { mayHaveOwnHome } from '../identity/own-home.ts';
import { showsSomebody } from '../identity/own-views.ts';
import { plainRole } from '../identity/roles-of.ts';
import { isSignedUp } from '../identity/sign-up-again.ts';
import { givesRolesToFew, roleName } from '../identity/stated-role.ts';
import { withToken } from '../identity/token-alone.ts';
import { bareRequest } from '../requests/bare-request.ts';
import { plainCases } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { textInputs } from '../requests/text-inputs.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import type { Asked } from './asked.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';

/** How somebody gave themselves a role: what they were refused before it, and do after it. */
export interface Raised {
  readonly operation: string;
  readonly role: string;
  readonly before: Exchange;
  readonly exchange: Exchange;
  readonly after: Exchange;
}

/** A request on one's own account that says what one is to be. */
interface Choice {
  readonly operation: Operation;
  readonly place: string;
  readonly value: string;
  readonly role: string;
}

/** How many such requests are sent, and how many of what was refused are asked again. */
const [mostChoices, mostAgain] = [6, 3];

/**
 * Has somebody say in a change of their own account that they have another role, where the contract leaves that to few. It counts only when an operation that is for the role refused
 * them right before it, and serves them right after it.
 * @param forbidding operations that refused them for their role
 */
export async function raisedRole(
  context: ProbeContext,
  someone: Identity,
  forbidding: readonly Asked[],
): Promise<Raised | null> {
  if (mayHaveOwnHome(someone) || !isSignedUp(context, someone)) return null;
  const setup = new Setup(context);
  for (const choice of choicesIn(context, forbidding).slice(0, mostChoices)) {
    if (context.signal.aborted) break;
    try {
      const one = await raisedBy(context, setup, someone, choice, forbidding);
      if (one !== null) return one;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return null;
}

function choicesIn(context: ProbeContext, forbidding: readonly Asked[]): readonly Choice[] {
  const { contract, shape } = context;
  const signUp = shape.signIn?.signUp?.operation;
  const valuesIn = (operations: readonly Operation[]) =>
    textInputs({ ...contract, operations }, { choices: true }).flatMap(({ operation, place, name, schema, many }) => {
      const choices = Array.isArray(schema['enum']) ? schema['enum'].filter((one) => typeof one === 'string') : [];
      return many || !place.startsWith('body:') || !roleName.test(name)
        ? []
        : choices.map((value) => ({ operation, place, value }));
    });
  // Where people may sign up as it, it is nothing that they must not be.
  const open = new Set(valuesIn(contract.operations.filter(({ id }) => id === signUp)).map(({ value }) => value));
  const refused = new Set(forbidding.map(({ operation }) => operation));
  const changes = contract.operations.filter(
    (operation) =>
      /^(PATCH|PUT|POST)$/.test(operation.method) &&
      !refused.has(operation.id) &&
      [null, operation.id].includes(context.focus) &&
      operation.id !== signUp &&
      !isOpenToAll(operation, contract) &&
      isOnOneself(operation),
  );
  return valuesIn(changes).flatMap(({ operation, place, value }) => {
    const role = forbidding
      .flatMap(({ roles }) => (roles.length === 1 ? roles : []))
      .find((one) => plainRole(one) === plainRole(value));
    const isForFew = role !== undefined && !open.has(value) && givesRolesToFew(operation, value, context);
    return isForFew ? [{ operation, place, value, role }] : [];
  });
}

/** `PATCH /users/{id}`, `PUT /users/{id}/role`, `PATCH /me`. */
function isOnOneself({ path }: Operation): boolean {
  return path.split('{').length <= 2 && showsSomebody(path.replace(/\/roles?\/?$/i, ''));
}

async function raisedBy(
  context: ProbeContext,
  setup: Setup,
  someone: Identity,
  { operation, place, value, role }: Choice,
  forbidding: readonly Asked[],
): Promise<Raised | null> {
  const closed = await closedTo(context, setup, someone, role, forbidding);
  const request = await requestFor(context, operation, someone, place, value);
  if (closed.length === 0 || request === null) return null;
  const exchange = await context.backend.send({ ...request, as: someone });
  if (!isGrantedBeside(exchange, null)) return null;
  // Where the role stands in the token, it shows in the next one.
  for (const who of [someone, await signedInAgain(context, someone)])
    for (const { request: again, before } of who === null ? [] : closed) {
      const after = await context.backend.send({ ...again, as: who });
      if (isGrantedBeside(after, null)) return { operation: operation.id, role, before, exchange, after };
    }
  return null;
}

/** The same person with the token that their login gives them now; null where nothing shows which that is. */
async function signedInAgain(context: ProbeContext, someone: Identity): Promise<Identity | null> {
  const { token } = someone;
  const login = loginWith(context, someone, someone.password);
  const place = tokensIn(someone.exchanges.at(-1)).find(({ value }) => value === token)?.place;
  if (login === null || token === null || place === undefined) return null;
  const fresh = tokensIn(await context.backend.send(login)).find((one) => one.place === place)?.value;
  if (typeof fresh !== 'string' || fresh === '') return null;
  return { ...withToken(someone, fresh), token: fresh };
}

function tokensIn(exchange: Exchange | undefined) {
  return scalarsIn(bodyJson(exchange?.response?.body));
}

/** What is for the role and refuses them at this moment: what reads first, since it changes nothing. */
async function closedTo(
  context: ProbeContext,
  setup: Setup,
  someone: Identity,
  role: string,
  forbidding: readonly Asked[],
): Promise<readonly { readonly request: RequestSpec; readonly before: Exchange }[]> {
  const isWrite = ({ ordinary }: Asked): number => Number(ordinary.request.method !== 'GET');
  const found: { readonly request: RequestSpec; readonly before: Exchange }[] = [];
  for (const { operation } of forbidding
    .filter(({ roles }) => roles.length === 1 && roles[0] === role)
    .toSorted((a, b) => isWrite(a) - isWrite(b))
    .slice(0, mostAgain)) {
    const request = withoutConditions(await setup.request(operation));
    const before = await context.backend.send({ ...request, as: someone });
    if (status(before) === 403) found.push({ request, before });
  }
  return found;
}

/** The change of one's own account that says as little else as may be. */
async function requestFor(
  context: ProbeContext,
  operation: Operation,
  someone: Identity,
  place: string,
  value: string,
): Promise<RequestSpec | null> {
  const [plain] = plainCases(context, operation).take(1);
  if (plain === undefined) return null;
  const said = pinned(bareRequest(context.contract, operation, plain), place, value);
  const [parameter] = operation.parameters.filter((one) => one.in === 'path');
  // Only the nearest to the top: what another id stands for may be somebody else.
  const [id] = parameter === undefined ? [] : await idsOf(context, someone);
  if (parameter !== undefined && id === undefined) return null;
  const path: Record<string, Json> = parameter === undefined || id === undefined ? {} : { [parameter.name]: id };
  return withoutConditions(encodeRequest(operation, { ...said, path: { ...said.path, ...path } }));
}
