import { appendToken } from '../openapi/source/pointer.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { MediaContent, Operation, Schema } from '../vocabulary/operation.ts';
import { wordsOf } from './nouns.ts';
import { type Definitions, hasType, propertiesOf, resolved } from './schema-view.ts';

/** The names under which people sign in, the most telling first. */
const loginNames: readonly RegExp[] = [
  /^e ?mail( address)?$/,
  /^(user ?name|user|login( name)?|user login|login id|user id)$/,
  /^(identifier|identity|credential|account( name)?|principal|(user ?name|login) or e ?mail|e ?mail or (user ?name|login))$/,
  /^(handle|nick ?name|screen name)$/,
  /^(phone|mobile|telephone|phone number|mobile number)$/,
  /^name$/,
];
const passwordName = /^(user |plain |raw |account )?(password|passwd|passphrase|pass|pwd)$/;
/** Beside these, a password is not what somebody signs up or in with. */
const otherPurpose = /^((old|new|current|previous) ?(password|passwd|pass|pwd)|reset token|(verification )?code|otp)$/;

export interface LoginField {
  readonly pointer: string;
  /** Place in the order of what people usually sign in with: 0 is an e-mail address. */
  readonly rank: number;
}

export interface CredentialFields {
  /** Everything that can be a login name, the most telling first. */
  readonly logins: readonly LoginField[];
  readonly password: string;
  /** How many members the body has. */
  readonly members: number;
}

/** The content that carries credentials: JSON, or the form of OAuth 2. */
export function credentialContent(operation: Operation): MediaContent | null {
  const content = operation.requestBody?.content ?? [];
  return (
    content.find(({ mediaType }) => mediaType === 'application/json' || mediaType.endsWith('+json')) ??
    content.find(({ mediaType }) => mediaType === 'application/x-www-form-urlencoded') ??
    null
  );
}

/** Login name and password in a body, or one level down (`{ user: { email, password } }`). Null unless it has both, and nothing that speaks of another purpose. */
export function credentialFields(operation: Operation, definitions: Definitions): CredentialFields | null {
  const content = credentialContent(operation);
  if (content === null) return null;
  const direct = fieldsOf(content.schema, '', definitions);
  if (direct !== null) return direct;
  const wrapped = [...propertiesOf(content.schema, definitions)];
  const [only] = wrapped;
  return only === undefined || wrapped.length > 1 ? null : fieldsOf(only[1], appendToken('', only[0]), definitions);
}

function fieldsOf(schema: Schema, at: string, definitions: Definitions): CredentialFields | null {
  const properties = [...propertiesOf(schema, definitions)].filter(([, property]) => isText(property, definitions));
  const named = properties.map(([name, property]) => ({ name, words: wordsOf(name).join(' '), property }));
  if (named.some(({ words }) => otherPurpose.test(words))) return null;
  const password =
    named.find(({ words }) => passwordName.test(words)) ??
    named.find(({ property }) => resolved(property, definitions)?.format === 'password');
  if (password === undefined) return null;
  const required = requiredOf(schema, definitions);
  const logins = named
    .flatMap(({ name, words, property }) => {
      const format = resolved(property, definitions)?.format;
      const rank = format === 'email' ? 0 : loginNames.findIndex((pattern) => pattern.test(words));
      return rank < 0 || name === password.name
        ? []
        : [{ pointer: appendToken(at, name), rank, missing: required.has(name) ? 0 : 1 }];
    })
    .toSorted((a, b) => a.missing - b.missing || a.rank - b.rank)
    .map(({ pointer, rank }) => ({ pointer, rank }));
  return logins.length === 0
    ? null
    : { logins, password: appendToken(at, password.name), members: propertiesOf(schema, definitions).size };
}

function isText(schema: Schema, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  return object === null ? schema === true : object.type === undefined || hasType(object, 'string');
}

function requiredOf(schema: Schema, definitions: Definitions): ReadonlySet<string> {
  const object = resolved(schema, definitions);
  if (object === null) return new Set();
  const parts = [object, ...(Array.isArray(object.allOf) ? object.allOf : [])];
  return new Set(
    parts.flatMap((part) => {
      const own = isJsonObject(part) ? resolved(part, definitions) : null;
      return own !== null && Array.isArray(own.required) ? own.required.map(String) : [];
    }),
  );
}
