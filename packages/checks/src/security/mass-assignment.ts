import {
  type Check,
  type Contract,
  type ContractShape,
  type Exchange,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestCase,
  resolved,
  valueAt,
} from '@assay/contract';
import { advice } from '../kit/answers/turned-away.ts';
import { isSameValue, sameName } from '../kit/database/stored-rows.ts';
import { type SelfMade, signUpTrial } from '../kit/identity/sign-up-extras.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Extra, extraProperties, offerOf } from '../kit/payloads/extra-properties.ts';
import { seenBy } from '../kit/payloads/given-away.ts';
import { isTaken } from '../kit/payloads/lists-of-rights.ts';
import { offeredNames } from '../kit/payloads/offered-names.ts';
import { Planter } from '../kit/payloads/plant.ts';
import { type Writer, writerOf, type WrittenThing } from '../kit/payloads/written-thing.ts';
import { Setup } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome } from '../kit/words.ts';

interface Suspect {
  readonly operation: string;
  readonly name: string;
  /** What was sent along. */
  readonly value: Json;
  /** What the same member is when nothing is sent along. */
  readonly usual: Json;
  /** What it was found to be: in a later read, and in the row. Null where it is not there. */
  readonly shown: Json;
  readonly stored: { readonly table: string; readonly column: string; readonly value: Json } | null;
  readonly written: Exchange;
  readonly read: Exchange | null;
  /** What shows it is the token of whoever signed up. */
  readonly inToken?: boolean;
  /** What whoever wrote it is answered when they read it: it was given to somebody else, who reads it in `read`. */
  readonly lost?: Exchange;
}

interface Evidence {
  readonly operations: number;
  readonly sent: number;
  readonly refused: number;
  /** After how many neither a later read nor the row could be seen. */
  readonly unseen?: number;
  /** Why an operation could not be tried; the last one's reason. */
  readonly trouble: string | null;
  readonly suspects: readonly Suspect[];
}

const mostOfOperation = 14;

/**
 * A client sets what the contract offers, and nothing else. What things show or their rows hold besides is sent along with values that the backend would
 * not come to by itself. The proof: such a value is read back later, or stands in the row.
 */
export const check: Check<Evidence> = {
  id: 'security/mass-assignment',
  claim: 'A client sets only those properties that the contract offers',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-915', owasp: 'API3:2023', wfc: 'F303' },
  needs: [],
  instance: 'own',
  applies: (contract, shape) =>
    targets(contract, shape).length > 0 ? applies : doesNotApply('no operation takes an object with named properties'),
  probe: async (context) => {
    const setup = new Setup(context);
    const planter = new Planter(context, setup);
    const other = await context.identities.another(context.backend);
    const somebodyElse = 'unavailable' in other ? null : idIn(other.profile);
    const suspects: Suspect[] = [];
    let operations = 0;
    let sent = 0;
    let refused = 0;
    let unseen = 0;
    let trouble: string | null = null;
    for (const operation of targets(context.contract, context.shape)) {
      if (context.signal.aborted || (context.focus !== null && context.focus !== operation.id)) continue;
      context.progress(operation.id);
      const offer = offerOf(context.contract, operation);
      const writer = offer === null ? null : writerOf(context, setup, planter, operation, offer.wrapper);
      if (offer === null || writer === null) continue;
      const usual = await ordinarily(writer);
      const trial =
        operation.id === context.shape.signIn?.signUp?.operation && !isSeen(usual)
          ? await signUpTrial(context, operation, offer, offeredNames(context, operation, offer), somebodyElse)
          : null;
      if (trial !== null) {
        operations += 1;
        sent += trial.sent;
        refused += trial.refused;
        suspects.push(...trial.found.map((one) => selfMade(operation.id, one)));
        continue;
      }
      if (usual === null || !isSuccess(usual.written)) {
        trouble =
          usual === null ? `${operation.id} cannot be asked` : `${outcome(usual.written)}${advice(usual.written)}`;
        continue;
      }
      operations += 1;
      const extras = extraProperties(
        usual.shown,
        usual.row?.row ?? {},
        schemasOf(context, writer, offer.wrapper),
        { names: offeredNames(context, operation, offer), inside: offer.inside },
        { random: context.random, contract: context.contract, somebodyElse },
      );
      for (const extra of extras.slice(0, mostOfOperation)) {
        if (context.signal.aborted) break;
        await writer.renew().catch(() => undefined);
        const before = await writer.look();
        const written = await writer.write(extra);
        if (written === null) continue;
        sent += 1;
        if (!isSuccess(written.written)) refused += 1;
        const gives = !('unavailable' in other) && somebodyElse !== null && isSameValue(somebodyElse, extra.value);
        const seen = gives ? await seenBy(other, written, context.backend) : null;
        const thing = seen === null ? written : { ...written, read: seen, shown: writer.shownBy(seen) };
        if (isSuccess(thing.written) && thing.row === null && thing.read !== null && !isSuccess(thing.read))
          unseen += 1;
        const lost = seen === null ? null : written.read;
        const suspect = suspectOf(operation.id, extra, usual, thing, lost);
        if (suspect === null || !holds(suspect) || isTaken(extra.value, shownOf(before ?? {}, extra))) continue;
        // The same once more without it: what the backend comes to by the rest of the request proves nothing.
        if (!(await comesByItself(writer, extra, suspect, thing.request))) suspects.push(suspect);
      }
    }
    return { operations, sent, refused, unseen, trouble, suspects };
  },
  judge: ({ operations, sent, refused, unseen = 0, trouble, suspects }) => {
    if (operations === 0) return undecided(trouble ?? 'no operation could be tried');
    if (sent === 0) return notApplicable('no property is shown or stored that the requests do not offer');
    return judged(
      distinct(
        suspects
          .filter(holds)
          .map(({ operation, name, value, usual, shown, stored, written, read, inToken = false, lost }) => ({
            key: `${operation} ${name}`,
            title: `${operation} lets the client set ${name}, which its request does not offer`,
            detail: `${JSON.stringify({ [name]: value })} was sent along. ${stored === null ? `${inToken ? 'The token that they got for it says' : lost === undefined ? 'The next read shows' : 'Whoever wrote it may not read it any more, and what the other person reads shows'} ${name}: ${JSON.stringify(shown)}` : `The row in ${stored.table} then has ${stored.column} = ${JSON.stringify(stored.value)}`}; without it, it is ${JSON.stringify(usual)}. Like that a client makes themselves an administrator, gives things to others or takes them, or rewrites when something happened.`,
            fix: 'Take the properties that the contract offers from the request by name, one by one (a DTO, a form or serializer with its fields listed, $fillable), and never hand the whole body to the model or build the columns of a statement from its keys.',
            operation,
            evidence: [
              { kind: 'exchange' as const, exchange: written, note: 'the property is sent along' },
              ...(lost === undefined
                ? []
                : [{ kind: 'exchange' as const, exchange: lost, note: 'a later read by whoever wrote it' }]),
              ...(read === null ? [] : [{ kind: 'exchange' as const, exchange: read, note: readNote(inToken, lost) }]),
              ...(stored === null
                ? []
                : [
                    {
                      kind: 'value' as const,
                      label: `${stored.table}.${stored.column}`,
                      expected: usual,
                      actual: stored.value,
                    },
                  ]),
            ],
          })),
      ),
      `${count(sent, 'property', 'properties')} that ${count(operations, 'operation')} did not offer sent along; ${refused} refused, ${unseen === 0 ? '' : `${unseen} taken by what could not be read afterwards, `}the others ignored`,
    );
  },
};

function readNote(inToken: boolean, lost: Exchange | undefined): string {
  return inToken ? 'signing in' : lost === undefined ? 'a later read' : 'a later read by the other person';
}

function targets(contract: Contract, { signIn }: ContractShape): readonly Operation[] {
  return contract.operations.filter(
    (operation) =>
      /^(POST|PUT|PATCH)$/.test(operation.method) &&
      operation.id !== signIn?.login?.operation &&
      offerOf(contract, operation) !== null,
  );
}

/** Whether what was written can be looked at: whoever sends the requests may not see the accounts of others. */
function isSeen(usual: WrittenThing | null): boolean {
  return usual !== null && (usual.row !== null || (usual.read !== null && isSuccess(usual.read)));
}

function selfMade(operation: string, { extra, usual, shown, inToken, signUp, view }: SelfMade): Suspect {
  const { name, value } = extra;
  return { operation, name, value, usual, shown, stored: null, written: signUp, read: view, inToken };
}

/** An ordinary write, after another one: what changes with any write is then as it usually is. */
async function ordinarily(writer: Writer): Promise<WrittenThing | null> {
  const first = await writer.write(null);
  return first === null || !isSuccess(first.written) ? first : writer.write(null);
}

/**
 * Whether the same request, without what was sent along, comes to the same value; twice, for some of it changes with any write. Of what there is only one, the
 * value stays; there it has to go back when its usual value is sent along. What was given away has to be its writer's without it.
 */
async function comesByItself(
  writer: Writer,
  extra: Extra,
  { usual, lost }: Suspect,
  request: RequestCase,
): Promise<boolean> {
  await writer.renew().catch(() => undefined);
  for (let time = 0; time < (writer.several ? 2 : 1); time += 1) {
    const without = writer.several ? null : { pointer: extra.pointer, value: usual };
    const again = await writer.write(without, request);
    // What it speaks of may be used up, such as a copy that is lent.
    const thing = again !== null && isSuccess(again.written) ? again : await writer.write(without);
    if (thing === null || !isSuccess(thing.written)) return lost !== undefined || typeof extra.value === 'boolean';
    if (lost !== undefined && (thing.read === null || !isSuccess(thing.read))) return true;
    if ([shownOf(thing.shown, extra), stored(thing, extra.name)?.value].some((value) => isTaken(extra.value, value)))
      return true;
  }
  return false;
}

/** The members of what the contract shows of the thing, out of what it is wrapped in. */
function schemasOf(
  { contract }: ProbeContext,
  { operation, readBy }: Writer,
  wrapper: string | null,
): ReadonlyMap<string, Json> {
  const shownBy = contract.operations.find(({ id }) => id === readBy) ?? operation;
  const success = shownBy.responses.find(({ status }) => status.startsWith('2'));
  const schema = success?.content.find(({ mediaType }) => mediaType.endsWith('json'))?.schema;
  const members = propertiesOf(schema, contract.definitions);
  const candidates = wrapper !== null && members.has(wrapper) ? [members.get(wrapper)] : [...members.values()];
  const wrapped = candidates
    .map((member) => resolved(member, contract.definitions))
    .find((one) => isJsonObject(one?.['properties']));
  return candidates.length === 1 && wrapped !== undefined && wrapped !== null
    ? propertiesOf(wrapped, contract.definitions)
    : members;
}

/** What a thing shows of a member. */
function shownOf(thing: JsonObject, { pointer }: Pick<Extra, 'pointer'>): Json | undefined {
  return valueAt(thing, pointer) as Json | undefined;
}

function suspectOf(
  operation: string,
  extra: Extra,
  usual: WrittenThing,
  thing: WrittenThing,
  lost: Exchange | null,
): Suspect | null {
  if (!isSuccess(thing.written)) return null;
  const { name, value } = extra;
  const row = stored(thing, name);
  return {
    operation,
    name,
    value,
    usual: shownOf(usual.shown, extra) ?? stored(usual, name)?.value ?? null,
    // Without a later read, the write's own answer may be an echo.
    shown: thing.read === null ? null : (shownOf(thing.shown, extra) ?? null),
    stored: row === null || !isTaken(value, row.value) ? null : row,
    written: thing.written,
    read: thing.read,
    ...(lost === null ? {} : { lost }),
  };
}

function stored(
  { row }: WrittenThing,
  name: string,
): { readonly table: string; readonly column: string; readonly value: Json } | null {
  const found = Object.entries(row?.row ?? {}).find(([column]) => sameName(column, name));
  return row === null || found === undefined ? null : { table: row.table, column: found[0], value: found[1] };
}

function holds({ value, usual, shown, stored: row }: Suspect): boolean {
  return !isTaken(value, usual) && (isTaken(value, shown) || (row !== null && isTaken(value, row.value)));
}

/** The id in what sign-up or login told of somebody. */
function idIn(profile: Json | undefined): Json | null {
  if (!isJsonObject(profile)) return null;
  const inside = [profile, profile['user'], profile['data'], profile['account']].filter(isJsonObject);
  const ids = inside.map(({ id }) => id).filter((id) => typeof id === 'string' || typeof id === 'number');
  return ids[0] ?? null;
}
