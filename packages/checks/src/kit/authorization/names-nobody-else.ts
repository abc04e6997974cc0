import { type Operation, type ProbeContext, propertiesOf, resolved } from '@assay/contract';
import { isForOthers } from '../identity/for-few.ts';
import { jsonContentOf } from '../requests/json-body.ts';

/** "A slot that is reserved for another one" is no deed of who asks. */
const deeds =
  '(?:act|appl[yi]|book|borrow|buy|creat|enrol|mak|order|pay|plac|register|rent|request|schedul|send|submit)(?:e|es|s|ing)?';
const naming = `(?:nam(?:e|es|ed|ing)|on behalf of|in the name of|(?:^|\\b403:? |${deeds} |sent )for|sets?|setting|sends?|sent|giv(?:e|es|en|ing)|gave|pass(?:es|ed|ing)?|us(?:e|es|ed|ing)|specif(?:y|ies|ied|ying))`;
/** What may follow: "another member who has blocked you" and "of another team" speak of some. */
const ends = '(?=\\s*(?:$|[,.:()]|is\\b|are\\b|with\\b|gives?\\b|gets?\\b|403\\b))';
const refuses = /\b403\b|\bforbidden\b|\brefused\b|\b(?:may|must|can) ?not\b|\bnot (?:allowed|permitted)\b/i;
/** Those who may, and who need not be somebody with a role. */
const relations =
  /\b(?:unless|except|only|without|owners?|creators?|authors?|organi[sz]ers?|hosts?|not (?:the|an?|in|part)|block\w*|friends?)\b/i;
const anybody = ['user', 'person', 'member', 'customer', 'client', 'account'];
/** Roles that somebody has in a place of their own. */
const ofPlace = /^(?:owner|editor|manager|operator|moderator)s?$/i;

/**
 * The members of a body of which the contract says that they must not name anybody else, where it has 403: "naming another patient is answered with 403", "another member
 * for librarians only". That others must exist, or belong to something, is not meant.
 */
export function namesNobodyElse(operation: Operation, { contract }: Pick<ProbeContext, 'contract'>): readonly string[] {
  const refusal = operation.responses.find(({ status }) => status === '403');
  if (refusal === undefined) return [];
  const texts = [operation.summary, operation.description].flatMap(sentencesOf);
  const refusals = sentencesOf(refusal.description).map((one) => `403 ${one}`);
  return [...propertiesOf(jsonContentOf(operation)?.schema, contract.definitions)].flatMap(([name, schema]) => {
    const whom = whomOf(name);
    const said = sentencesOf(resolved(schema, contract.definitions)?.['description']);
    const isRefused = [...texts, ...refusals, ...said].some(
      (one) =>
        refuses.test(one) && !relations.test(one) && new RegExp(`(?<![a-z])${naming} ${whom}${ends}`, 'i').test(one),
    );
    return isRefused || said.some((one) => isForRole(one, whom)) ? [name] : [];
  });
}

function whomOf(name: string): string {
  const stem = name
    .replace(/_?(?:uu)?id$/i, '')
    .split(/_|(?<=[a-z])(?=[A-Z])/)
    .at(-1)
    ?.toLowerCase();
  const nouns = [...anybody, ...(stem === undefined || stem === '' ? [] : [stem])].join('|');
  return `(?:(?:the (?:id|name) of )?(?:(?:an)?other (?:${nouns})s?|(?:somebody|someone|anybody|anyone) else))`;
}

/** "Another member for librarians only": who may is said by a role that nobody has by having made something. */
function isForRole(sentence: string, whom: string): boolean {
  const [, one, other] =
    new RegExp(`^${whom} (?:for|by) (\\w+) only$|^only (\\w+) (?:may|can) \\w+ ${whom}$`, 'i').exec(sentence) ?? [];
  const role = (one ?? other ?? '').replace(/s$/i, '');
  return role !== '' && !ofPlace.test(role) && isForOthers(role);
}

function sentencesOf(text: unknown): readonly string[] {
  return typeof text !== 'string'
    ? []
    : text
        .split(/[.;](?:\s|$)|[\r\n]{2,}/)
        .map((one) => one.replaceAll(/\s+/g, ' ').trim())
        .filter((one) => one !== '');
}
