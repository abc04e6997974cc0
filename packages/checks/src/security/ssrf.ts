import {
  bodyText,
  type Canary,
  type Check,
  type Contract,
  type Exchange,
  type ProbeContext,
  type Random,
} from '@assay/contract';
import { encodeRequest } from '@assay/contract';
import { applies, distinct, doesNotApply } from '../kit/judgement.ts';
import { judgedPlanted, type Payload, placeInWords, plantEach, Planter, type Tally } from '../kit/payloads/plant.ts';
import { type TextInput, textInputs } from '../kit/requests/text-inputs.ts';

interface Suspect {
  readonly operation: string;
  readonly place: string;
  readonly url: string;
  readonly token: string;
  /** The request lines that reached the canary with that token. */
  readonly lines: readonly string[];
  /** What the canary answered stands in the backend's answer. */
  readonly shown: boolean;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
}

const telling =
  /ur[li]|link|href|callback|hook|avatar|image|img|icon|logo|picture|photo|cover|thumbnail|feed|endpoint|site|page|source|^src$|host|domain|origin|proxy|redirect|import|fetch|remote|server|target|dest|to$/i;
/** How long a call may come after the last answer: some are made in the background. Milliseconds. */
const lateMs = 400;

/**
 * The backend asks no address of its own network in the name of a client. The proof: the canary on the backend's loopback is asked for a path that only
 * the planted value names. An address that is merely kept passes.
 */
export const check: Check<Evidence> = {
  id: 'security/ssrf',
  claim: 'No input makes the backend ask an address of its own network',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-918', owasp: 'API7:2023', wfc: 'F302' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (inputsOf(contract).length > 0 ? applies : doesNotApply('no operation takes a text')),
  probe: async (context) => {
    const canary = await context.backend.canary();
    const sent: Omit<Suspect, 'lines' | 'shown'>[] = [];
    const tally = await plantEach(
      context,
      inputsOf(context.contract),
      (input) => payloads(context.random, canary, input).slice(0, isTelling(input) ? undefined : 1),
      ({ input, payload, exchange }) => {
        const { token, value: url } = payload;
        sent.push({ operation: input.operation.id, place: input.place, url, token, exchange });
        return lines(canary, token).length > 0;
      },
      { timeoutMs: 15_000, isTelling },
    );
    if (sent.some(({ operation, place }) => /hook|callback|notif|subscri/i.test(`${operation} ${place}`)))
      await letHappen(context);
    const last = sent.at(-1);
    if (last !== undefined) await canary.waitFor(last.token, lateMs, context.signal);
    const suspects = sent.flatMap((one) => {
      const found = lines(canary, one.token);
      const shown = bodyText(one.exchange.response?.body).includes(canary.answer(one.token));
      return found.length === 0 ? [] : [{ ...one, lines: found.slice(0, 3), shown }];
    });
    return { tally, suspects };
  },
  judge: ({ tally, suspects }) =>
    judgedPlanted(
      tally,
      distinct(
        suspects
          .filter(({ lines: found, token }) => found.some((line) => line.includes(token)))
          .map(({ operation, place, url, lines: found, shown, exchange }) => ({
            key: `${operation} ${place}`,
            title: `${placeInWords(operation, place)} makes the backend ask its own network`,
            detail: `The address ${url} was sent, which leads to the loopback of the machine that the backend runs on, and the backend asked it.${shown ? ' What it got there stands in its answer.' : ''} A client can so reach what no firewall lets them reach: the metadata of a cloud machine with its credentials, databases and admin pages that trust whoever is inside. Where fetching is what the operation is for, a preview or a webhook, fetching an internal address still is not.`,
            fix: 'Resolve the host first, refuse every address that is not public (loopback, private, link-local, and IPv6 with IPv4 inside), connect to the very address that was checked, allow http and https alone, and treat each redirect as a new address. Better still: fetch through a proxy that has no way inside.',
            operation,
            evidence: [
              { kind: 'exchange' as const, exchange },
              { kind: 'value' as const, label: 'what reached the canary', actual: found },
            ],
          })),
      ),
      '; nothing called the canary',
    ),
};

function inputsOf(contract: Contract): readonly TextInput[] {
  const rank = (input: TextInput): number =>
    Number(isTelling(input)) + 2 * Number(/ur[li]/i.test(input.name) || isUrl(input));
  return textInputs(contract)
    .filter(({ operation }) => operation.method !== 'DELETE')
    .toSorted((a, b) => rank(b) - rank(a));
}

function isTelling(input: TextInput): boolean {
  return telling.test(input.name) || isUrl(input);
}

function isUrl({ schema }: TextInput): boolean {
  return /^(ur[il]|iri)/.test(String(schema['format'] ?? '')) || /http/.test(String(schema['pattern'] ?? ''));
}

function payloads(
  random: Random,
  canary: Canary,
  { name }: TextInput,
): readonly (Payload & { readonly token: string })[] {
  const port = canary.authority.split(':')[1] ?? '';
  const end = /image|img|avatar|photo|picture|cover|icon|logo|thumb/i.test(name) ? '.png' : '';
  // Filters that compare texts know the first two ways to write the loopback at best. For who reads an address as a browser does, the last three are the first one.
  const hosts = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '127.1', '2130706433', '0x7f.0.0.1'];
  return hosts.map((host) => {
    const token = random.unique('ask');
    return { value: `http://${host}:${port}/${token}${end}`, token };
  });
}

function lines(canary: Canary, token: string): readonly string[] {
  return canary.hits().flatMap(({ line }) => (line.includes(token) ? [line] : []));
}

/** Webhooks are called when something happens: each operation that makes something, once. */
async function letHappen(context: ProbeContext): Promise<void> {
  const planter = new Planter(context);
  for (const operation of context.contract.operations) {
    if (operation.method !== 'POST' || context.signal.aborted) continue;
    const request = await planter.ordinary(operation);
    if (request !== null) await context.backend.send(encodeRequest(operation, request), { signal: context.signal });
  }
}
