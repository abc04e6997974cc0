import type { Operation, ProbeContext } from '@assay/contract';
import { isOpenToAll, mayAskForSomebody } from './asks-for-somebody.ts';

type Known = Pick<ProbeContext, 'contract' | 'shape'>;

const who = '(?:admins?|administrators?)(?: users?)?';
const right = '(?: role| rights?| access| privileges?| permissions?)';
/** Whole sentences: "Admins only see drafts, too" and "an admin may delete any" give the operation to nobody. */
const gives = [
  `(?:for )?${who}${right}?[ -]only`,
  `only (?:for |by |accessible (?:by|to|for) |available (?:to|for) )?(?:an? |the )?${who}`,
  `(?:restricted|limited) to ${who}`,
  `reserved for ${who}`,
  `(?:requires|needs) (?:an? |the )?(?:admin|administrator)${right}?`,
  `(?:admin|administrator)${right}(?: is| are)? (?:required|needed)`,
].join('|');
const sentence = new RegExp(`^(?:${gives})$`, 'i');
/** At the beginning or the end of what it does, where that is one thing: "orders, with the deleted ones (admin only)" may mean those. */
const beside = new RegExp(`^(?:(?:${gives}): .*|[\\w\\s/’'-]+?(?: \\((?:${gives})\\)| [-–—] (?:${gives})))$`, 'i');
const twoThings = /\b(including|include|includes|incl|with|also|plus|and|or|all=|even)\b/i;
const refused = new RegExp(
  `^(?:${gives}|(?:user |caller )?(?:is )?not an (?:admin|administrator)|only ${who} (?:may|can) (?:access|call|use|do|perform) (?:this|it)(?: endpoint| operation| action| route)?)$`,
  'i',
);
/** What a list may be asked for, without asking for anything that is not everybody's. */
const plainQuery =
  /^(page|limit|offset|cursor|size|skip|take|q|search|per_?page|page_?size|sort(_?by)?|order(_?by)?)$/i;

/**
 * The operation with the role that its words give it, where its security names none: `Admin only.`, `403: Admin role required`. OpenAPI before 3.1 has no
 * other place for the role of a bearer token.
 */
export function withStatedRole(operation: Operation, known: Known): Operation {
  if (operation.roles.length > 0 || isOpenToAll(operation, known.contract) || !mayAskForSomebody(operation, known))
    return operation;
  return isSaid(operation) || isSaidOfRefusal(operation) ? { ...operation, roles: ['admin'] } : operation;
}

function isSaid({ summary, description }: Operation): boolean {
  const [title, text] = [sentencesOf(summary), sentencesOf(description)];
  if (title.some((one) => sentence.test(one) || (beside.test(one) && !twoThings.test(one)))) return true;
  // What comes later in a long text may be said of what stands before it.
  return [text[0], text.length === 2 ? text[1] : undefined].some((one) => one !== undefined && sentence.test(one));
}

/** A refusal may be for what is asked for, or whose it is: only where there is nothing to choose, it is for the role. */
function isSaidOfRefusal({ method, path, parameters, responses }: Operation): boolean {
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
