import { appendToken } from '../openapi/source/pointer.ts';
import type { TokenPlace } from '../vocabulary/identity.ts';
import type { Operation, Schema } from '../vocabulary/operation.ts';
import { credentialFields } from './credential-fields.ts';
import { wordsOf } from './nouns.ts';
import { purposeInWords } from './sign-in-words.ts';
import {
  type Definitions,
  hasType,
  isAnything,
  jsonContent,
  propertiesOf,
  resolved,
  successes,
} from './schema-view.ts';

/** What tokens are called, the most telling first. */
const names: readonly RegExp[] = [
  /^(access token|token|jwt( token)?|bearer( token)?|auth token|api token|session token)$/,
  /^(id token|session( id)?|sid|api ?key|auth ?key|access)$/,
];
const depthLimit = 3;

/** What a token goes by in an answer; a lower number is more telling. -1: nothing. */
export function tokenRank(property: string): number {
  const words = wordsOf(property).join(' ');
  return names.findIndex((pattern) => pattern.test(words));
}

/**
 * Where the answer of a login (or sign-up) has the token, as the contract describes it. `undescribed` when it does not say what the answer
 * holds; null when it says it, and there is none.
 */
export function tokenPlaceOf(operation: Operation, definitions: Definitions): TokenPlace | null {
  const answers = successes(operation);
  let described = false;
  for (const { content, headers } of answers) {
    const named = headers.find(({ name }) => /^(authorization|x-(auth|access|session)-token)$/i.test(name));
    if (named !== undefined) return { kind: 'header', name: named.name };
    const schema = jsonContent(content)?.schema;
    if (schema === undefined) {
      described ||= content.length > 0;
      continue;
    }
    const found = tokensIn(schema, '', definitions, 0).toSorted((a, b) => a.rank - b.rank || a.depth - b.depth)[0];
    if (found !== undefined) return { kind: 'pointer', pointer: found.pointer };
    described ||= !isAnything(schema, definitions) && !repeatsRequest(operation, schema, definitions);
  }
  return described ||
    answers.every(({ status, content }) => status === '204' || (status === '201' && content.length === 0))
    ? null
    : { kind: 'undescribed' };
}

interface FoundToken {
  readonly pointer: string;
  readonly rank: number;
  readonly depth: number;
}

function tokensIn(schema: Schema, at: string, definitions: Definitions, depth: number): readonly FoundToken[] {
  if (depth > depthLimit) return [];
  return [...propertiesOf(schema, definitions)].flatMap(([name, property]): readonly FoundToken[] => {
    const pointer = appendToken(at, name);
    const object = resolved(property, definitions);
    if (object === null || /refresh/i.test(name)) return [];
    if (
      hasType(object, 'string') ||
      (object.type === undefined && object.properties === undefined && object.allOf === undefined)
    ) {
      const rank = tokenRank(name);
      return rank < 0 ? [] : [{ pointer, rank, depth }];
    }
    return tokensIn(property, pointer, definitions, depth + 1);
  });
}

/** Whether a login is said to answer with what it takes, password and all: some documents describe both by one class, for want of another. */
function repeatsRequest(operation: Operation, schema: Schema, definitions: Definitions): boolean {
  const taken = purposeInWords(operation) === 'login' ? credentialFields(operation, definitions) : null;
  if (taken === null) return false;
  const nameIn = (pointer: string): string => pointer.split('/').at(-1) ?? '';
  const names = [...propertiesOf(schema, definitions).keys()];
  const known = new Set([...taken.logins.map(({ pointer }) => nameIn(pointer)), nameIn(taken.password)]);
  return names.includes(nameIn(taken.password)) && names.every((name) => known.has(name));
}
