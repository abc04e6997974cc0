import { type Json, type ProbeContext, type RequestCase } from '@assay/contract';
import { switchesIn } from '../comparison/switches.ts';
import { type Loss, lossKey, updateLosses } from '../comparison/update-losses.ts';
import { bareThing } from '../requests/bare-thing.ts';
import { thingIn } from '../requests/wrapped-body.ts';
import { isIdName } from '../setup/id-name.ts';
import { SetupFailed } from '../setup/made.ts';
import { fillingOf } from './own-things.ts';
import { updated, type Updating } from './update-and-read.ts';

/** Words in names of texts on which others hang: what was said under another country, kind or state goes with it. */
const leading =
  /country|region|state|province|county|city|address|zip|post|currency|unit|type|kind|category|group|status|stage|source|provider|method|model|brand|code|start|from|since|locale|language/i;

/**
 * Whether a member is emptied by naming the only other one that the contract has: as it is already, so that nothing changed, and as something else. That it
 * could be filled beside it shows that the two can stand together.
 * @param single a request that names that other one alone
 */
export async function isEmptiedByOnlyOther(updating: Updating, single: RequestCase, loss: Loss): Promise<boolean> {
  const { context, setup, resource, operation } = updating;
  const [other, ...others] = Object.keys(thingIn(single.body?.value as Json | undefined).thing);
  if (other === undefined || others.length > 0 || !isEmpty(loss.back)) return false;
  if (!standsAlone(context, updating, single, other)) return false;
  const filling = fillingOf(context, operation);
  if (filling === null) return false;
  const same = bareThing(context.contract, operation, filling, other);
  if (typeof thingIn(same.body?.value as Json | undefined).thing[other] !== 'string') return false;
  try {
    // A thing that is there is filled by the operation itself, with what is known of it.
    const own = updating.own ?? { [`path:${resource.idParameter ?? 'id'}`]: (await setup.make(resource.name)).id };
    for (const next of [same, single]) {
      const update = await updated({ ...updating, own }, next);
      if (update === null || typeof update === 'string') return false;
      if (!updateLosses(context.contract, update).some((one) => lossKey(one) === lossKey(loss))) return false;
    }
    return true;
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return false;
  }
}

/** A free text that says nothing but itself. */
function standsAlone({ contract }: ProbeContext, { operation }: Updating, single: RequestCase, name: string): boolean {
  return !isIdName(name) && !leading.test(name) && !switchesIn(contract, operation, single).includes(name);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}
