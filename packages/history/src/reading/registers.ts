import type { KeyValueInput } from '../models/key-value.ts';
import type { MultiRegisterInput, MultiRegisterOutput, RegisterAccess } from '../models/multi-register.ts';
import type { CasRegisterInput } from '../models/register-input.ts';
import { sameValue, type Value } from '../value.ts';
import { isFields } from '../parsers/event.ts';
import type { Fields } from './fields.ts';

/** What a record says in the words of a model. Null: it says nothing and is left out. */
export interface Read<I, O> {
  readonly input: I;
  readonly output: O | undefined;
  /** It says of itself that it failed, but that is an answer: a compare-and-set that was refused. */
  readonly answered?: true;
}

export function readCasRegister(fields: Fields): Read<CasRegisterInput, Value> {
  const { record } = fields;
  if (record.f === 'cas') {
    const [from, to] = fields.pair();
    return { input: { f: 'cas', from, to }, ...casOutput(fields) };
  }
  return readRegister(fields, 'cas-register', 'read, write or cas');
}

export function readRegister(
  fields: Fields,
  model = 'register',
  known = 'read or write',
): Read<CasRegisterInput, Value> {
  const { f, value } = fields.record;
  if (f === 'read') return { input: { f: 'read' }, output: fields.known(fields.answer) };
  if (f === 'write') return { input: { f: 'write', value }, output: undefined };
  return fields.unknownFunction(model, known);
}

/** A refusal without a reason is an observation of the value; with one, it is a failure like others. */
function casOutput({ record, result }: Fields): { output: Value | undefined; answered?: true } {
  const sameAsAsked = record.result === undefined || record.result === null || sameValue(record.result, record.value);
  if (record.type === 'fail' && record.error === null && sameAsAsked && record.return !== null)
    return { output: false, answered: true };
  return { output: record.type === 'ok' ? result !== false : undefined };
}

export function readKeyValue(fields: Fields): Read<KeyValueInput, Value> {
  const { f, value } = fields.record;
  const key = fields.key();
  switch (f) {
    case 'get':
    case 'read':
      return { input: { f: 'get', key }, output: fields.known(fields.answer) };
    case 'put':
    case 'write':
      return { input: { f: 'put', key, value }, output: undefined };
    case 'append':
      return { input: { f: 'append', key, value: fields.text(value, 'append') }, output: undefined };
    case 'delete':
      return { input: { f: 'delete', key }, output: undefined };
    case 'cas': {
      const [from, to] = fields.pair();
      return { input: { f: 'cas', key, from, to }, ...casOutput(fields) };
    }
    default:
      return fields.unknownFunction('key-value', 'get, put, append, delete or cas');
  }
}

/** `txn` with `[f key value]` triples, or `read` and `write` with a map. */
export function readMultiRegister(fields: Fields): Read<MultiRegisterInput, MultiRegisterOutput> {
  const { f, value } = fields.record;
  if (f === 'txn') {
    const input = fields.list(value, 'txn').map((step) => accessOf(fields, step));
    const { steps } = fields;
    if (steps === undefined) return { input, output: undefined };
    const told = fields.list(steps, 'txn').map((step) => fields.list(step, 'a step')[2] ?? null);
    if (told.length !== input.length) return fields.fail(`${input.length} steps in the completion`, steps);
    return knownSteps(fields, input, told);
  }
  if (f === 'write')
    return {
      input: Object.entries(fields.map(value, 'write')).map(
        ([key, each]): RegisterAccess => ({ f: 'write', key, value: each }),
      ),
      output: undefined,
    };
  if (f !== 'read') return fields.unknownFunction('multi-register', 'txn, read or write');
  // A list of keys, or a map without any value, asks.
  const answer = isFields(value) && Object.values(value).some((each) => each !== null) ? fields.answer : fields.result;
  const told = fields.known(answer);
  const seen = told === undefined ? undefined : fields.map(told, 'read');
  const keys =
    seen !== undefined
      ? Object.keys(seen)
      : Array.isArray(value)
        ? value.map((key) => fields.text(key, 'a key'))
        : Object.keys(fields.map(value, 'read'));
  const input = keys.map((key): RegisterAccess => ({ f: 'read', key }));
  if (seen === undefined) return { input, output: undefined };
  return knownSteps(
    fields,
    input,
    keys.map((key) => seen[key] ?? null),
  );
}

/** Leaves out the reads of which nobody knows what they saw; without an output when they are all there is. */
function knownSteps(
  fields: Fields,
  input: MultiRegisterInput,
  told: MultiRegisterOutput,
): Read<MultiRegisterInput, MultiRegisterOutput> {
  const tells = input.map((access, i) => access.f === 'write' || fields.known(told[i]) !== undefined);
  if (!tells.includes(true)) return { input, output: undefined };
  return { input: input.filter((_, i) => tells[i]), output: told.filter((_, i) => tells[i]) };
}

function accessOf(fields: Fields, step: Value): RegisterAccess {
  const [f, key, value] = fields.list(step, 'a step');
  const name = fields.text(key, 'a key');
  if (f === 'r' || f === 'read') return { f: 'read', key: name };
  if (f === 'w' || f === 'write') return { f: 'write', key: name, value: value ?? null };
  return fields.fail('read or write for a step', f);
}
