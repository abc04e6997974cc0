import { bodyJson, type Contract, type Exchange, isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { isBelowAccounts, isOfAccount } from '../payloads/shown-on-purpose.ts';

/** What a password is kept as, by the name of its column or member. */
export const keptColumn =
  /^((user|hashed|encrypted|crypted)_?)?(password|passwd|passphrase|pwd|pass)(_?(hash|digest|salt|encrypted))?$|^(hash|digest|salt)$/i;

/** Whole strings that nothing but a function for passwords makes: of bcrypt, Argon2, crypt(3), and PBKDF2 and scrypt as Django, Werkzeug and Passlib write them. */
const wholeForm = new RegExp(
  [
    String.raw`(?:\{bcrypt\}|bcrypt(?:_sha256)?\$)?\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}`,
    String.raw`(?:\{argon2\}|argon2)?\$argon2(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{8,}={0,2}\$[A-Za-z0-9+/]{16,}={0,2}`,
    String.raw`\$[56]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43,86}`,
    String.raw`\$pbkdf2(?:-sha\d+)?\$\d+\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{20,}`,
    String.raw`pbkdf2_sha\d+\$\d+\$[^$\s]+\$[A-Za-z0-9+/]{20,}={0,2}`,
    String.raw`pbkdf2:sha\d+(?::\d+)?\$[^$\s]+\$[0-9a-f]{40,}`,
    String.raw`scrypt:\d+:\d+:\d+\$[^$\s]+\$[0-9a-f]{64,}`,
  ]
    .map((form) => `^${form}$`)
    .join('|'),
);
const loginName = /^(e?_?mail|email_?address|user_?name|login|phone(_?number)?)$/i;

/** A hash of a password in an answer, under such a name. */
export interface ShownHash {
  readonly name: string;
  readonly value: string;
}

/** The hashes of passwords that an answer shows of accounts: by their form and by what they are called, whoever's they are. What was sent itself does not count. */
export function shownHashes(contract: Contract, { operation: id, request, response }: Exchange): readonly ShownHash[] {
  const operation = contract.operations.find((one) => one.id === id);
  const isAccounts = operation !== undefined && (isBelowAccounts(operation) || isOfAccount(operation, contract));
  const sent = JSON.stringify(request.body ?? '');
  return found(bodyJson(response?.body) as Json | undefined).filter(({ value }) => !sent.includes(value));

  function found(node: Json | undefined): readonly ShownHash[] {
    if (Array.isArray(node)) return node.flatMap((item: Json) => found(item));
    if (!isJsonObject(node)) return [];
    return Object.entries(node).flatMap(([name, value]) => {
      if (typeof value !== 'string') return found(value);
      const isKept = keptColumn.test(name) && wholeForm.test(value) && (isAccounts || namesSomebody(node));
      return isKept ? [{ name, value }] : [];
    });
  }
}

function namesSomebody(node: JsonObject): boolean {
  return Object.keys(node).some((name) => loginName.test(name));
}
