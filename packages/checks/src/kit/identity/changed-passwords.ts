import {
  encodeRequest,
  type Identity,
  isEntrance,
  isLogin,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
} from '@assay/contract';
import { Planter } from '../payloads/plant.ts';
import { isValidBody } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import { isPassword } from '../requests/secret-inputs.ts';
import { type TextInput, textInputs } from '../requests/text-inputs.ts';
import { isSuccess } from '../words.ts';
import { choicesFor } from './credentials-request.ts';
import { idsOf } from './ids-of.ts';
import { ownAccount } from './own-account.ts';
import { storedForm, type StoredPassword, watched } from './password-writes.ts';
import type { SignedUp } from './same-for-both.ts';

/** A password that somebody gave their own account in place of the one they signed up with. */
export interface ChangedPassword extends SignedUp {
  /** The id of the operation by which. */
  readonly operation: string;
  readonly stored: StoredPassword | null;
}

const aboutPasswords = /pass-?(?:word|wd|phrase)s?\/?$/i;
const people = /\/(?:users?|accounts?|members?|customers?|people|profiles?)\/\{[^}/]+\}(?:\/[^{}]*)?$/i;
const formerName = /old|current|previous|existing/i;
const mostIds = 3;

/** Has somebody new change their password by each operation that does so, and keeps what was written. Those that are refused are left out. */
export async function changedPasswords(context: ProbeContext): Promise<readonly ChangedPassword[]> {
  const changed: ChangedPassword[] = [];
  for (const [operation, inputs] of changingOperations(context)) {
    // Whoever has changed theirs may not get in by what they are known by any more.
    const somebody = await context.identities.another(context.backend);
    if ('unavailable' in somebody || context.signal.aborted) break;
    const one = await changedBy(context, operation, inputs, somebody);
    if (one !== null) changed.push({ ...one, operation: operation.id, stored: await storedForm(context.backend, one) });
  }
  return changed;
}

/** Operations by which whoever is signed in may give their account another password, with the places for it. */
function changingOperations({ contract, shape }: ProbeContext): ReadonlyMap<Operation, readonly TextInput[]> {
  const known = [shape.signIn?.signUp?.operation, shape.signIn?.login?.operation];
  const found = new Map<Operation, readonly TextInput[]>();
  for (const operation of contract.operations) {
    const { id, method, path } = operation;
    if (!['POST', 'PUT', 'PATCH'].includes(method) || known.includes(id) || isLogin(operation, contract)) continue;
    if (isEntrance(operation, contract)) continue;
    const isOwn = ownAccount.test(path) || aboutPasswords.test(path) || (method !== 'POST' && people.test(path));
    const inputs = isOwn
      ? textInputs({ ...contract, operations: [operation] }).filter(
          (one) => /^body:(?!.*\/0\/)/.test(one.place) && isPassword(one),
        )
      : [];
    if (inputs.some(({ name }) => !formerName.test(name))) found.set(operation, inputs);
  }
  return found;
}

async function changedBy(
  context: ProbeContext,
  operation: Operation,
  inputs: readonly TextInput[],
  somebody: Identity,
): Promise<SignedUp | null> {
  const { backend, contract } = context;
  const planter = new Planter(context);
  const { passwords } = choicesFor(context.random.unique('kept'));
  const account = /\{([^}]+)\}/.exec(operation.path)?.[1];
  const ids = account === undefined ? [null] : (await idsOf(context, somebody)).slice(0, mostIds);
  for (const own of ids) {
    const ordinary = await planter.ordinary(operation, null, own === null ? {} : { [`path:${account}`]: own });
    if (ordinary === null) return null;
    const isTaken = ({ body }: RequestCase): boolean =>
      body !== undefined && isValidBody(contract, operation, body.value as Json);
    const request = (password: string): RequestCase =>
      inputs.reduce(
        (changed, { name, place }) => pinned(changed, place, formerName.test(name) ? somebody.password : password),
        ordinary,
      );
    const password = passwords.find((one) => isTaken(request(one)));
    if (password === undefined) return null;
    const spec = { ...encodeRequest(operation, request(password)), as: somebody };
    const told = await watched(context, password, () => backend.send(spec, { signal: context.signal }));
    if (isSuccess(told.exchange)) return told;
  }
  return null;
}
