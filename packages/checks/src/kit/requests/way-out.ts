import type { Operation } from '@assay/contract';

/** What the id or the path of an operation holds that signs the caller out. */
const signsOut = /(^|[^A-Za-z]|(?<=[a-z])(?=[LS]))(log|Log|LOG|sign|Sign|SIGN)[-_]?(out|Out|OUT|off|Off|OFF)(?![a-z])/;
const session = /\/sessions?(\/(current|me))?$/i;
const spoken = /\b(?:log|sign)(?:s|ed|ged|ning|ging)?[- ]?(?:[a-z]+ ){0,3}(?:out|off)\b/i;
/** Where signing out stands; of anything else it may be another thing: `/parking/session`, `/attendance/sign-out`. */
const ofIdentity =
  /^(?:api|rest|app|v\d[\w.]*|auth\w*|oauth2?|identity|me|my|self|accounts?|users?|sessions?|tokens?|current)$/i;
/** It ends what is open elsewhere, or everything but what asks. */
const elsewhere = /[Oo]thers?(?![a-z])|[Ee]lse|[Dd]evices\b|\b[Ee]xcept\b|\bbut (?:this|the|mine|here)\b/;

type Named = Pick<Operation, 'id' | 'method' | 'path'>;

/**
 * Whether it may sign out whoever asks: what proved until then who asks may be no good afterwards. A rule for what is left out or left alone, where one
 * too many does no harm.
 */
export function isWayOut({ id, method, path }: Named): boolean {
  return saysSignOut(id) || saysSignOut(path) || endsSession({ method, path });
}

/**
 * Whether it surely signs out whoever asks, and with nothing but that: something may be held against what it leaves open.
 * @param login where people sign in
 */
export function isPlainWayOut(operation: Operation, login: string): boolean {
  const { id, path, summary, description, parameters, requestBody } = operation;
  const beside = partsOf(login);
  const isAtHome = partsOf(path).every((part) => ofIdentity.test(part) || saysSignOut(part) || beside.includes(part));
  const isOfLogin = path === login ? !/s$/i.test(path) : path.replace(/\/(?:current|me)$/i, '') === login;
  const isSaid = saysSignOut(id) || spoken.test(`${summary}. ${description}`);
  return (
    isWayOut(operation) &&
    isAtHome &&
    // A session may be of parking, or of training.
    (saysSignOut(path) || isOfLogin || isSaid) &&
    !path.includes('{') &&
    requestBody === null &&
    !parameters.some(({ required }) => required) &&
    ![id, path, summary, description].some((text) => elsewhere.test(text))
  );
}

function saysSignOut(text: string): boolean {
  return signsOut.test(text);
}

function endsSession({ method, path }: Pick<Operation, 'method' | 'path'>): boolean {
  return method === 'DELETE' && session.test(path);
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}
