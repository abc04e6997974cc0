import type { Exchange, Json, JsonObject, Operation, ProbeContext, RequestCase } from '@assay/contract';
import { decimalPlaces } from '../answers/decimals.ts';
import { bodySchema } from '../requests/body-schema.ts';
import { operationOf } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { withValueAt } from '../requests/pin.ts';
import type { Setup } from '../setup/setup.ts';
import { isRefusal, isSuccess, status } from '../words.ts';
import {
  canBeOthers,
  type Movement,
  type MovementOptions,
  partiesOf,
  prepareMovement,
  renamed,
  type Scarce,
  twice,
} from './movement.ts';
import type { Subject } from './twin-updates.ts';

/** How many numbers are tried as the one that says how many may have a part. */
const mostNumbers = 3;
const supply =
  /(^|[_/-]|[a-z](?=[A-Z]))(capacity|limit|max|maximum|seats?|places?|slots?|spots?|stock|quantity|qty|copies|available|availability|remaining|inventory|size|tickets?|units?|uses|redemptions|participants|attendees|members)(?![a-z])/i;

/**
 * The same request twice, of which in turn the second one is refused: what is given once (a copy that is lent, a place on a list), and the last one of
 * what there is a number of (an event with one seat). Looking first and taking then lets both through.
 */
export async function claimSubjects(
  context: ProbeContext,
  setup: Setup,
  movement: Movement,
): Promise<readonly Subject[]> {
  const { operation } = movement;
  const made = context.shape.resources.find(({ create }) => create === operation.id) ?? null;
  const subject = (kind: 'once' | 'last', what: string, options: MovementOptions): Subject => ({
    operation: operation.id,
    kind,
    what,
    made,
    prepare: () => prepareMovement(context, setup, movement, options),
  });
  const inTurn = (options: MovementOptions) => twice(context, setup, movement, options);
  const hasPeople = await canBeOthers(context, setup);
  // Whoever asks for all else may soon have as much as one may have.
  let who: MovementOptions['who'] = hasPeople ? 'newcomer' : 'usual';
  let [first, second] = await inTurn({ who });
  if (!isSuccess(first) && hasPeople) [first, second] = await inTurn({ who: (who = 'usual') });
  if (!isSuccess(first)) return [];
  const subjects: Subject[] = [];
  // A text that must be unique is another check's business.
  const afresh = { who, second: (request: RequestCase) => renamed(context, movement, request) };
  if (isTaken(second) && !isSuccess((await inTurn(afresh))[1]))
    subjects.push(subject('once', 'both on the same things', { who }));
  if (!isSuccess(second)) {
    if (!hasPeople) return subjects;
    who = 'two newcomers';
  }
  for (const scarce of await scarceNumbers(context, setup, movement)) {
    const [one, late] = await inTurn({ scarce, who });
    if (!isSuccess(one) || !isTaken(late)) continue;
    const what = `both on the same things, made with 1 as ${scarce.place.split('/').at(-1)}`;
    return [...subjects, subject('last', what, { scarce, who })];
  }
  return subjects;
}

/** Refused for what is there already, not for who asks. */
export function isTaken(exchange: Exchange): boolean {
  return isRefusal(exchange) && status(exchange) !== 403;
}

/** Whether what the operation takes from may be made with a number of how much there is of it. */
export function mayBeScarce(context: Pick<ProbeContext, 'contract' | 'shape'>, operation: Operation): boolean {
  return partiesOf(context, operation).some(({ resource }) => {
    const create = context.shape.resources.find(({ name }) => name === resource)?.create ?? null;
    const properties = create === null ? {} : propertiesOf(context, operationOf(context.contract, create));
    return Object.keys(properties).some((name) => supply.test(name));
  });
}

function propertiesOf({ contract }: Pick<ProbeContext, 'contract'>, create: Operation): JsonObject {
  return (bodySchema(contract, create)?.['properties'] ?? {}) as JsonObject;
}

/** Whole numbers that things named by the operation are made with, and that may say how many there are of them. */
async function scarceNumbers(context: ProbeContext, setup: Setup, { operation }: Movement): Promise<readonly Scarce[]> {
  const found: Scarce[] = [];
  for (const resource of new Set(partiesOf(context, operation).map((party) => party.resource))) {
    const create = operationOf(context.contract, setup.resource(resource).create ?? '');
    const sent = (await setup.some(resource)).sent as Json | undefined;
    if (sent === undefined) continue;
    const places = [
      ...decimalPlaces(sent).map(({ place }) => place),
      ...Object.keys(propertiesOf(context, create)).map((name) => `/${name}`),
    ];
    for (const place of new Set(places)) {
      if (supply.test(place) && isValidBody(context.contract, create, withValueAt(sent, place, 1)))
        found.push({ resource, place });
    }
  }
  return found.slice(0, mostNumbers);
}
