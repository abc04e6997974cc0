import {
  type Contract,
  isJsonObject,
  type Json,
  type ListOperation,
  type Operation,
  type Parameter,
} from '@assay/contract';
import { sameName } from '../database/stored-rows.ts';
import { bodySchema, plainSchema, propertySchema } from '../requests/body-schema.ts';
import { operationOf } from '../requests/cases.ts';

/** A query parameter that filters a list by a member of its things. */
export interface MemberFilter {
  readonly list: ListOperation;
  readonly parameter: string;
  readonly member: string;
  /** The two values of the member that an update may set. Of more, one may stand for others too: what is overdue is open. */
  readonly values: readonly [Json, Json];
  /** Whether it is told what each of them does. A truth value without a word may be a box: one that is not ticked leaves nothing out. */
  readonly isSaid: boolean;
}

/** Words that stand for themselves. Of a `level` or a `priority` the one asked for may be the least, and a `language` may be that of the answer. */
const nominal = /(status|state|type|kind)$/i;
/** What a description says of a filter that does not just leave out what is otherwise. */
const otherwise =
  /\b(all|any|both|every|everything|nothing|restrict\w*|also|as well|too|in addition|includ\w*|exclud\w*|hid(e|es|ing|den)|default\w*|at least|at most|or (more|higher|above|later)|minimum|ignor\w*|regardless|unless|no (filter|effect)|omit\w*)\b/i;
const ofFalse = /\bfalse\b/i;
const ofTrue = /\b(only|if|when)\b/i;
/** What was put away: whoever asks for what is not does not want it, whatever the contract leaves unsaid. */
const putAway = /^(is[-_]?)?(archived|deleted|trashed)$/i;
const equal = /\bfilter\w*\b.*\bby\b|^by\b|\bwhether\b(?! to\b)|\b(equal\w*|exactly|state|status|flag)\b/i;

/** Filters of the lists of a thing that are called like a member which this operation writes, and have the same values; none of which the contract says that it does more. */
export function memberFilters(
  contract: Contract,
  lists: readonly ListOperation[],
  writer: Operation,
): readonly MemberFilter[] {
  const body = bodySchema(contract, writer);
  const names = isJsonObject(body?.['properties']) ? Object.keys(body['properties']) : [];
  return names.flatMap((member) => {
    const [one, other, ...more] = valuesOf(propertySchema(contract, body, member) ?? {});
    if (one === undefined || other === undefined || more.length > 0) return [];
    const isTruth = typeof one === 'boolean';
    return lists.flatMap((list): readonly MemberFilter[] => {
      const operation = operationOf(contract, list.operation);
      const parameter = operation.parameters.find(
        (asked) => asked.in === 'query' && sameName(filtered(asked.name), member),
      );
      if (parameter === undefined || !(isTruth || nominal.test(member))) return [];
      const schema = plainSchema(contract, parameter.schema);
      const offered = new Set(valuesOf(schema).map(String));
      const isSame = [one, other].every((value) => offered.has(String(value))) && schema['default'] === undefined;
      const said = `${parameter.description} ${String(schema['description'] ?? '')}`.trim();
      const speaking = speakingOf(parameter, operation);
      const isSaid = !isTruth || saysEqual(said) || (said === '' && tellsOfFalse(member, speaking));
      if (!isSame || otherwise.test(`${said}. ${speaking}`) || !(isSaid || said === '')) return [];
      return [{ list, parameter: parameter.name, member, values: [one, other], isSaid }];
    });
  });
}

/** `Only archived ones` may well say that false leaves nothing out. */
function saysEqual(said: string): boolean {
  return ofFalse.test(said) || (equal.test(said) && !ofTrue.test(said));
}

/** Of a parameter without a word of its own. */
function tellsOfFalse(member: string, speaking: string): boolean {
  return ofFalse.test(speaking) || (putAway.test(member) && !ofTrue.test(speaking));
}

/** What the list's own words say of a parameter. */
function speakingOf({ name }: Parameter, { summary, description }: Operation): string {
  return `${summary}. ${description}`
    .split(/(?<=[.;:!?])\s|\n/)
    .filter((sentence) => sentence.toLowerCase().includes(filtered(name).toLowerCase()))
    .join(' ');
}

/** Truth values, also as words, or the words of a set. */
function valuesOf({ type, enum: words }: Readonly<Record<string, Json | undefined>>): readonly Json[] {
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('boolean')) return [false, true];
  return Array.isArray(words) ? words.filter((word: Json) => typeof word === 'string') : [];
}

/** `filter[archived]` is one of JSON:API. */
function filtered(name: string): string {
  return /^filter\[(.+)\]$/.exec(name)?.[1] ?? name;
}
