import { type Check, type Contract, type Exchange, responseHeaderOf } from '@assay/contract';
import { applies, distinct, doesNotApply } from '../kit/judgement.ts';
import { judgedPlanted, type Payload, placeInWords, plantEach, type Tally } from '../kit/payloads/plant.ts';
import { type TextInput, textInputs } from '../kit/requests/text-inputs.ts';
import { status } from '../kit/words.ts';

interface Suspect {
  readonly operation: string;
  readonly place: string;
  /** The host that was planted. */
  readonly host: string;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
}

const telling =
  /redirect|return|next|continue|forward|goto|callback|target|dest|url|uri|link|^(to|go|back|from|ref|r|u)$/i;

/**
 * What a request names does not decide to which site its sender is sent on. The proof: the answer is a redirect whose Location a browser resolves to
 * the planted host.
 */
export const check: Check<Evidence> = {
  id: 'security/open-redirect',
  claim: 'No input sends a client on to a site of somebody else',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-601', owasp: 'API8:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (inputsOf(contract).length > 0 ? applies : doesNotApply('no operation takes a text')),
  probe: async (context) => {
    const host = `${context.random.unique('site')}.example.net`;
    const suspects: Suspect[] = [];
    const tally = await plantEach(
      context,
      inputsOf(context.contract),
      (input) => payloads(host, context.backend.authority).slice(0, isTelling(input) ? undefined : 2),
      ({ input, exchange }) => {
        if (!leadsTo(exchange, host)) return false;
        suspects.push({ operation: input.operation.id, place: input.place, host, exchange });
        return true;
      },
      { isTelling },
    );
    return { tally, suspects };
  },
  judge: ({ tally, suspects }) =>
    judgedPlanted(
      tally,
      distinct(
        suspects
          .filter(({ exchange, host }) => leadsTo(exchange, host))
          .map(({ operation, place, exchange }) => ({
            key: `${operation} ${place}`,
            title: `${placeInWords(operation, place)} sends the client on to any site`,
            detail: `A site that has nothing to do with this one was planted there, and the answer was ${exchange.response?.status} with Location: ${responseHeaderOf(exchange, 'location')}. A link to this backend, which people trust, then ends at a site of whoever wrote the link: a copy of the login page, for example.`,
            fix: 'Take only paths of this site: parse the value as a URL relative to your own origin, refuse it unless the result has that origin, and send on the whole of what was parsed: its path alone may begin with //. // and /\\ begin a host, too. For other sites, choose from a list.',
            operation,
            evidence: [{ kind: 'exchange' as const, exchange }],
          })),
      ),
    ),
};

/** In an address that a browser reads; what redirects by its contract, or has a telling name, comes first. */
function inputsOf(contract: Contract): readonly TextInput[] {
  const rank = (input: TextInput): number => Number(isTelling(input)) + Number(redirects(input));
  return textInputs(contract)
    .filter((input) => input.operation.method !== 'DELETE')
    .toSorted((a, b) => rank(b) - rank(a));
}

function isTelling(input: TextInput): boolean {
  return telling.test(input.name) || redirects(input);
}

function redirects({ operation }: TextInput): boolean {
  return operation.responses.some(({ status: code }) => /^30[12378]|^3XX/i.test(code));
}

/** The ways to write an address of another site that filters tend to let through. @param own host and port of the backend, which some look for anywhere */
function payloads(host: string, own: string): readonly Payload[] {
  return [
    `https://${host}/`,
    `//${host}/`,
    `/\\${host}/`,
    `/%09/${host}/`,
    `https:${host}`,
    `/\t/${host}/`,
    // A path of one's own site, by its origin; the dot is then left out, and what is left of it begins with two slashes.
    `/.//${host}/`,
    `http://${own}@${host}/`,
    `http://${own.split(':')[0]}.${host}/`,
    `https://${host}/?${own}`,
  ].map((value) => ({ value }));
}

const own = 'http://backend.invalid/';

/** As a browser resolves it: it takes backslashes for slashes, and leaves out tabs. */
function leadsTo(exchange: Exchange, host: string): boolean {
  const code = status(exchange) ?? 0;
  const location = responseHeaderOf(exchange, 'location');
  if (code < 300 || code > 399 || location === undefined || !URL.canParse(location, own)) return false;
  const target = new URL(location, own).hostname;
  return target === host || target.endsWith(`.${host}`);
}
