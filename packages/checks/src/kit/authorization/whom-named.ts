import {
  bodyJson,
  type Identity,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
} from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { accountOf, holdsAccounts } from '../setup/accounts-elsewhere.ts';
import type { Setup } from '../setup/setup.ts';

/** A place in a body that says for whom something is made, and what stands there for oneself. */
export interface Whom {
  readonly name: string;
  readonly own: Json;
}

const isIdName = /[a-z\d](?:Id|ID|Uuid|UUID)$|_(?:id|uuid)$/;
/** What somebody is told of themselves stands near the top: deeper are the ids of other things. */
const deepest = 3;

/**
 * The members of a body that say for whom something is made, with what stands there for somebody: the id of their account, or what they were told by that very name when they signed
 * up or in (`patient_id`).
 */
export async function whomNamed(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  somebody: Identity,
): Promise<readonly Whom[]> {
  const names = propertiesOf(jsonContentOf(operation)?.schema, context.contract.definitions).keys();
  const found: Whom[] = [];
  for (const name of names) {
    const bound = setup.bindingsOf(operation.id).find(({ target }) => target === `body:/${name}`);
    const resource = bound === undefined ? undefined : setup.resource(bound.resource);
    const own =
      resource !== undefined && holdsAccounts(context, resource)
        ? (await accountOf(context, setup, resource, somebody))?.id
        : isIdName.test(name)
          ? toldAs(name, somebody)
          : undefined;
    if (own !== undefined) found.push({ name, own });
  }
  return found;
}

function toldAs(name: string, { profile, exchanges }: Identity): Json | undefined {
  return [profile, ...exchanges.map(({ response }) => bodyJson(response?.body))]
    .flatMap((told) => scalarsIn(isJsonObject(told) ? told : undefined))
    .find((one) => one.name === name && one.place.split('/').length <= deepest)?.value;
}
