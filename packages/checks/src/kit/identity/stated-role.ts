import { type Contract, type Json, type Operation, type ProbeContext, resolved } from '@assay/contract';
import { isOpenToAll, mayAskForSomebody } from './asks-for-somebody.ts';
import { isForOthers } from './for-few.ts';

type Context = Pick<ProbeContext, 'contract' | 'shape'>;

interface Sayings {
  readonly role: string;
  /** Whole sentences: "Admins only see drafts, too" and "an admin may delete any" give the operation to nobody. */
  readonly sentence: RegExp;
  /** At the beginning or the end of what it does, where that is one thing: "orders, with the deleted ones (admin only)" may mean those. */
  readonly beside: RegExp;
  readonly refused: RegExp;
  /** What says so where the contract refuses others with 403 as well: "For staff.", "Add a book (librarians)". */
  readonly brief: RegExp;
}

function sayingsOf(role: string, who: string): Sayings {
  const right = '(?: role| rights?| access| privileges?| permissions?)';
  const gives = [
    `(?:for )?${who}${right}?[ -]only`,
    `only (?:for |by |accessible (?:by|to|for) |available (?:to|for) )?(?:an? |the )?${who}`,
    `(?:restricted|limited) to ${who}`,
    `reserved for ${who}`,
    `(?:requires|needs) (?:an? |the )?${who}${right}?`,
    `${who}${right}(?: is| are)? (?:required|needed)`,
  ].join('|');
  return {
    role,
    sentence: new RegExp(`^(?:${gives})$`, 'i'),
    beside: new RegExp(`^(?:(?:${gives}): .*|[\\w\\s/’'-]+?(?: \\((?:${gives})\\)| [-–—] (?:${gives})))$`, 'i'),
    refused: new RegExp(
      `^(?:${gives}|(?:user |caller )?(?:is )?not an? ${who}|only ${who} (?:may|can) (?:access|call|use|do|perform) (?:this|it)(?: endpoint| operation| action| route)?)$`,
      'i',
    ),
    brief: new RegExp(`^(?:for ${who}|[\\w\\s/,’'-]+? \\(${who}\\))$`, 'i'),
  };
}

const admins = sayingsOf('admin', '(?:admins?|administrators?)(?: users?)?');
const known = new WeakMap<Contract, readonly Sayings[]>();

/** Of admins, and of those roles above others that the contract lists as such. */
function sayingsIn(contract: Contract): readonly Sayings[] {
  const before = known.get(contract);
  if (before !== undefined) return before;
  // Whoever makes a thing owns it.
  const roles = listedRoles(contract).filter(
    (role) => isForOthers(role) && /^(?!owner|author)[a-z][a-z _-]*$/i.test(role),
  );
  const found = [admins, ...roles.map((role) => sayingsOf(role, `${role.replaceAll(/[ _-]+/g, '[ _-]')}s?`))];
  known.set(contract, found);
  return found;
}

/** A member that says what somebody is. */
export const roleName = /^(?:(?:user|account|member)[-_]?)?roles?$/i;

/** The values of `role: { enum: [member, librarian] }`, wherever they stand. */
function listedRoles({ operations, definitions }: Contract): readonly string[] {
  const found = new Set<string>();
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > 12) return;
    for (const [name, value] of Object.entries(node)) {
      if (roleName.test(name)) for (const role of choicesIn(value as Json, definitions)) found.add(role);
      visit(value, depth + 1);
    }
  };
  visit(definitions, 0);
  visit(
    operations.map(({ parameters, requestBody, responses }) => [parameters, requestBody, responses]),
    0,
  );
  return [...found];
}

function choicesIn(schema: Json, definitions: Contract['definitions']): readonly string[] {
  const object = resolved(schema, definitions);
  const choices = object?.['enum'] ?? resolved(object?.['items'] ?? null, definitions)?.['enum'];
  return Array.isArray(choices) ? choices.filter((one) => typeof one === 'string') : [];
}

const twoThings = /\b(including|include|includes|incl|with|also|plus|and|or|all=|even)\b/i;
/** What a list may be asked for, without asking for anything that is not everybody's. */
const plainQuery =
  /^(page|limit|offset|cursor|size|skip|take|q|search|per_?page|page_?size|sort(_?by)?|order(_?by)?)$/i;

/**
 * The operation with the role that its words give it, where its security names none: `Admin only.`, `403: Admin role required`. OpenAPI before 3.1 has no
 * other place for the role of a bearer token.
 */
export function withStatedRole(operation: Operation, context: Context): Operation {
  if (operation.roles.length > 0 || isOpenToAll(operation, context.contract) || !mayAskForSomebody(operation, context))
    return operation;
  const said = sayingsIn(context.contract).find((each) => isSaid(operation, each) || isSaidOfRefusal(operation, each));
  return said === undefined ? operation : { ...operation, roles: [said.role] };
}

const joins = /\b(?:and|or)\b/gi;
/** What makes two of one thing: "one's own order, or any (admin)". */
const ofWhom =
  /\b(?:own|one['’]?s|oneself|self|my|mine|any|all|each|others?|another|else\w*|every\w*|some\w*|drafts?|hidden|private|deleted)\b/i;

/**
 * The role to which a change of several things is given in few words, where others are refused with 403: "Change the room or the capacity (staff)". That it is said of all of
 * them, only those who do all of them can show. Null for a read, and where it may speak of whose a thing is.
 */
export function roleForSeveral(operation: Operation, context: Context): string | null {
  const { method, summary, responses } = operation;
  if (method === 'GET' || operation.roles.length > 0 || !responses.some(({ status }) => status === '403')) return null;
  if (isOpenToAll(operation, context.contract) || !mayAskForSomebody(operation, context)) return null;
  const [title = '', ...more] = sentencesOf(summary);
  if (more.length > 0 || !twoThings.test(title) || twoThings.test(title.replaceAll(joins, ' ')) || ofWhom.test(title))
    return null;
  const said = sayingsIn(context.contract).find(({ beside, brief }) => beside.test(title) || brief.test(title));
  return said?.role ?? null;
}

function isSaid({ summary, description, responses }: Operation, { sentence, beside, brief }: Sayings): boolean {
  const [title, text] = [sentencesOf(summary), sentencesOf(description)];
  if (title.some((one) => sentence.test(one) || (beside.test(one) && !twoThings.test(one)))) return true;
  // What comes later in a long text may be said of what stands before it.
  if ([text[0], text.length === 2 ? text[1] : undefined].some((one) => one !== undefined && sentence.test(one)))
    return true;
  const refuses = responses.some(({ status }) => status === '403');
  return refuses && [...title, ...text.slice(0, 1)].some((one) => brief.test(one) && !twoThings.test(one));
}

/** A refusal may be for what is asked for, or whose it is: only where there is nothing to choose, it is for the role. */
function isSaidOfRefusal({ method, path, parameters, responses }: Operation, { refused }: Sayings): boolean {
  const isPlain =
    method === 'GET' &&
    !path.includes('{') &&
    parameters.every((one) => one.in !== 'query' || plainQuery.test(one.name));
  const text = responses.find(({ status }) => status === '403')?.description ?? '';
  const words = text.replace(/^\s*(?:403\s*)?(?:forbidden|access denied)?[\s:,.–—(-]*/i, '');
  return isPlain && refused.test(words.replace(/(?<![\s.)])[\s.)]+$/, ''));
}

function sentencesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .replaceAll(/[*_`]/g, '')
    .split(/(?<![.!])[.!]+(?:\s|$)|[\r\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Whom everybody obeys, wherever they are: nobody is that by their own word. */
const overAll = /^(?:role_)?(?:super_?)?(?:admins?|administrators?|super_?users?|root)$/i;
/** Who may besides: "by the user themselves or an admin only". */
const ofWhoeverItIs =
  /themsel(?:f|ves)|\b(?:one|him|her|your)self\b|\bowne?r?s?\b|\bholders?\b|\b(?:any|every)(?:body|one)\b|\b(?:any|every|each|the) (?:user|account|person)\b/i;
const beside = /\bonly (?:(?:by|for|an?|the) )*([a-z_-]+)|([a-z_-]+) only\b/gi;
const ofRoles = /\broles?\b[^;,]*\b403\b|\b403\b[^;,]*\broles?\b/i;

/**
 * Whether a change of an account, of which the contract has 403, leaves it to few to give somebody a role: it is for them altogether, or its words say so of the role ("changed by librarians only",
 * "403: a member sent a role"). For administrators it needs no words.
 */
export function givesRolesToFew(operation: Operation, role: string, context: Context): boolean {
  const { summary, description, responses } = operation;
  const refusal = responses.find(({ status }) => status === '403');
  if (refusal === undefined) return false;
  const isSaidOfRoles = (one: string): boolean =>
    ofRoles.test(one) ||
    (/\broles?\b/i.test(one) &&
      !ofWhoeverItIs.test(one) &&
      [...one.matchAll(beside)].some(([, only, by]) => isForOthers(only ?? by ?? '')));
  const stated = withStatedRole(operation, context).roles.length > 0 || roleForSeveral(operation, context) !== null;
  return (
    stated || overAll.test(role) || [summary, description, refusal.description].flatMap(sentencesOf).some(isSaidOfRoles)
  );
}
