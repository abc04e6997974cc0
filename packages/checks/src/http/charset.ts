import {
  bodyJson,
  type Check,
  encodeRequest,
  type Exchange,
  isJsonMediaType,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type Resource,
  responseHeaderOf,
  valueAt,
} from '@assay/contract';
import { othersOf, ownPart } from '../kit/comparison/own-part.ts';
import { senderOf } from '../kit/identity/sender-of.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { operationOf, plainCases } from '../kit/requests/cases.ts';
import { isValidBody, jsonContentOf, stringPlaces } from '../kit/requests/json-body.ts';
import { pinned } from '../kit/requests/pin.ts';
import { rawRequest, readRawResponse } from '../kit/requests/raw-http.ts';
import type { Made } from '../kit/setup/made.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, status } from '../kit/words.ts';

/** One character of two, of three and of four bytes in UTF-8, none of which any other encoding writes alike. */
const text = 'Grüße, 漢字 🎉';

/** At how many places it is tried by itself where it is refused at all of them together. */
const mostPlaces = 4;

interface Written {
  readonly operation: string;
  readonly places: readonly string[];
  readonly sent?: Json;
  /** Resources that are made by themselves. */
  readonly others?: readonly string[];
  readonly created: Exchange;
  readonly read: Exchange | null;
  /** Such a body again, its bytes arriving in pieces that end in the middle of a character: what was answered. */
  readonly split: { readonly status: number; readonly body: Json | undefined } | null;
}

/** Text outside of ASCII comes back as it was sent, and responses do not claim another encoding than the UTF-8 that JSON is in. */
export const check: Check<{ readonly written: readonly Written[]; readonly trouble: string | null }> = {
  id: 'http/charset',
  claim: 'Text in any script comes back as it was sent, in UTF-8',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-176' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract, shape) =>
    shape.resources.some(({ create }) => create !== null && jsonContentOf(operationOf(contract, create)) !== null)
      ? applies
      : doesNotApply('nothing can be created with JSON'),
  probe: async (context) => {
    const setup = new Setup(context);
    const written: Written[] = [];
    let trouble: string | null = null;
    for (const resource of context.shape.resources) {
      if (resource.create === null || context.signal.aborted) continue;
      const operation = operationOf(context.contract, resource.create);
      try {
        const { made, places, sent } = await makeWithText(context, setup, resource, operation);
        if (places.length === 0) continue;
        const read =
          resource.read === null
            ? null
            : await context.backend.send(
                await setup.request(resource.read, { [`path:${resource.idParameter ?? 'id'}`]: made.id }),
              );
        written.push({
          operation: operation.id,
          places,
          sent,
          others: othersOf(context.shape, resource),
          created: made.exchange,
          read,
          split: await inPieces(context, setup, operation, places),
        });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { written, trouble };
  },
  judge: ({ written, trouble }) =>
    written.length === 0
      ? undecided(trouble ?? 'no field takes free text')
      : judged(
          written.flatMap(complaints),
          `${count(written.length, 'resource')} written and read with text of four scripts`,
        ),
};

interface MadeWithText {
  readonly made: Made;
  readonly places: readonly string[];
  readonly sent: Json;
}

/**
 * Makes a thing with the text wherever the schema takes any. A rule that no schema tells (letters alone in a user name) may refuse it at one place: then it
 * is tried at one after the other. Throws SetupFailed.
 */
async function makeWithText(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  operation: Operation,
): Promise<MadeWithText> {
  const tryAt = async (own: Setup, choose: (free: readonly string[]) => readonly string[]) => {
    let places: readonly string[] = [];
    let sent: Json = null;
    const made = await own.make(resource.name, (request) => {
      const body = request.body?.value as Json | undefined;
      places = choose(body === undefined ? [] : freePlaces(context, operation, body));
      const changed = places.reduce((one, place) => pinned(one, `body:${place}`, text), request);
      sent = changed.body?.value as Json;
      return changed;
    });
    return { made, places, sent };
  };
  const seen = new Set<string>();
  try {
    return await tryAt(setup, (free) => {
      for (const place of free) seen.add(place);
      return free;
    });
  } catch (error) {
    if (!(error instanceof SetupFailed) || seen.size < 2 || !isRefusal(error.exchange)) throw error;
    for (const place of [...seen].slice(0, mostPlaces)) {
      if (context.signal.aborted) break;
      // A set-up of its own: one gives up what it could not make a few times.
      const one = await tryAt(new Setup(context), (free) => free.filter((each) => each === place)).catch(
        (refused: unknown) => {
          if (!(refused instanceof SetupFailed)) throw refused;
          return null;
        },
      );
      if (one !== null && one.places.length > 0) return one;
    }
    throw error;
  }
}

function isRefusal(exchange: Exchange | null): boolean {
  return exchange !== null && [400, 422].includes(status(exchange) ?? 0);
}

function freePlaces({ contract }: ProbeContext, operation: Operation, body: Json): readonly string[] {
  return stringPlaces(body).filter((place) => isValidBody(contract, operation, pinnedBody(body, place)));
}

/** Sends a create request so that the first piece ends inside a character of several bytes. */
async function inPieces(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  places: readonly string[],
): Promise<Written['split']> {
  const [next] = plainCases(context, operation);
  if (next === undefined) return null;
  const bound = await setup.bind(operation, next);
  // What was written once may have to be unique.
  const another = `${text} 2`;
  const body = (bound.body?.value ?? null) as Json;
  const mayDiffer = places.every((place) => isValidBody(context.contract, operation, pinnedBody(body, place, another)));
  const request = encodeRequest(
    operation,
    places.reduce((changed, place) => pinned(changed, `body:${place}`, mayDiffer ? another : text), bound),
  );
  const sender = await senderOf(context, operation, context.backend);
  const bytes = Buffer.from(rawRequest({ ...request, as: sender }, context.backend.authority));
  const inside = bytes.indexOf(Buffer.from('漢'));
  if (inside < 0) return null;
  const { received } = await context.backend.raw(bytes, {
    chunkBytes: inside + 1,
    everyMs: 30,
    timeoutMs: 5000,
    signal: context.signal,
  });
  const response = readRawResponse(received);
  if (response === null) return null;
  // A refusal is the pieces' fault only when the same body is taken whole.
  if (response.status >= 300 && (response.status !== 400 || !isSuccess(await context.backend.send(request))))
    return null;
  return {
    status: response.status,
    body: bodyJson({ text: Buffer.from(response.content).toString('utf8') }) as Json | undefined,
  };
}

/**
 * Whether it is the text with its characters in another encoding, lost or replaced: it begins as the text does. A slug, a code or a masked number
 * does not, and what is only cut is no matter of encodings.
 */
function isGarbled(back: string): boolean {
  const came = back.normalize('NFC').trim();
  const kept = came
    .replace(/(?:…|\.\.\.)$/, '')
    .trim()
    .toLowerCase();
  return came.startsWith('Gr') && !text.normalize('NFC').toLowerCase().startsWith(kept);
}

function pinnedBody(body: Json, place: string, value = text): Json {
  const changed = pinned(
    {
      operation: '',
      path: {},
      query: {},
      headers: {},
      cookies: {},
      body: { mediaType: 'application/json', value: body },
    },
    `body:${place}`,
    value,
  );
  return changed.body?.value as Json;
}

function complaints({ operation, places, sent = null, others = [], created, read, split }: Written) {
  const exchanges = read === null ? [created] : [created, read];
  const tell = (key: string, title: string) => [
    {
      key: `${operation} ${key}`,
      title,
      detail:
        'JSON between systems is UTF-8 (RFC 8259, section 8.1). Bytes that are read or written in another encoding turn names and sentences into rubbish, and stored rubbish stays.',
      fix: 'Decode whole bodies as UTF-8 (never piece by piece, never with the platform’s default), keep the database in UTF8, and encode the answer as UTF-8.',
      operation,
      evidence: exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
    },
  ];
  for (const exchange of exchanges) {
    // What is read may be a picture, or a page of an older system: only JSON has to be in UTF-8.
    const type = responseHeaderOf(exchange, 'content-type') ?? '';
    if (!isJsonMediaType(type)) continue;
    const claimed = /charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1];
    if (claimed !== undefined && !/^utf-?8$/i.test(claimed))
      return tell('claimed', `${outcome(exchange)} and claims its JSON to be in ${claimed}`);
    if (exchange.response !== undefined && 'base64' in exchange.response.body)
      return tell('bytes', `${outcome(exchange)} with bytes that are not UTF-8`);
  }
  for (const exchange of exchanges.filter(isSuccess)) {
    const body = bodyJson(exchange.response?.body) as Json | undefined;
    // What only points at another thing is shown as that thing has it.
    const own = sent === null || body === undefined ? null : ownPart(sent, body, others);
    for (const place of places) {
      if (own !== null && valueAt(own, place) === undefined) continue;
      const back = isJsonObject(body) || Array.isArray(body) ? valueAt(body, place) : undefined;
      if (typeof back === 'string' && isGarbled(back)) {
        return tell(
          `text ${place}`,
          `${outcome(exchange)} with ${JSON.stringify(back)} at ${place}, where ${JSON.stringify(text)} was sent`,
        );
      }
    }
  }
  if (split?.status === 400)
    return tell(
      'pieces',
      `${operation} answered 400 when its body arrived in two pieces, and took the same body whole`,
    );
  if (split !== null && split.body !== undefined) {
    const { body } = split;
    const broken = places
      .map((place) => [place, valueAt(body, place)] as const)
      .find(([, back]) => typeof back === 'string' && back.includes('\ufffd'));
    if (broken !== undefined)
      return tell(
        `pieces ${broken[0]}`,
        `${operation} answered ${split.status} with ${JSON.stringify(broken[1])} at ${broken[0]} when a body with ${JSON.stringify(text)} arrived in two pieces`,
      );
  }
  return [];
}
