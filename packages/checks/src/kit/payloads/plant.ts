import {
  encodeRequest,
  type Exchange,
  type FindingDraft,
  type Json,
  type Judgement,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
} from '@assay/contract';
import { advice, isTurnedAway } from '../answers/turned-away.ts';
import { judged, undecided } from '../judgement.ts';
import { plainCases } from '../requests/cases.ts';
import { isIdempotencyKey } from '../requests/is-idempotency-key.ts';
import { isPresent, pinned } from '../requests/pin.ts';
import type { TextInput } from '../requests/text-inputs.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { count, isSuccess, outcome, saying, status } from '../words.ts';
import { type Controls, controlsOf } from './control-requests.ts';

/** A value to be planted. */
export interface Payload {
  readonly value: string;
  /** It goes into the request target as it is, without percent-encoding. Only for parameters of the path and the query. */
  readonly raw?: boolean;
}

/** What became of the planted values. */
export interface Tally {
  readonly inputs: number;
  readonly operations: number;
  readonly sent: number;
  /** How many inputs got fewer payloads than there are for them, since a check sends so many and no more; older recordings do not say. */
  readonly short?: number;
  /** How many of these got none at all; older recordings do not say. */
  readonly none?: number;
  /** Answered with 2xx or 3xx. */
  readonly taken: number;
  /** The last answer when every one was turned away; null otherwise. */
  readonly turnedAway: Exchange | null;
  /** Ordinary requests to those operations that took no planted value; older recordings have none. */
  readonly controls?: Controls;
}

/** How many planted requests a check sends at most, and how large the part is that goes to inputs that tell. */
const mostRequests = 200;
const partForTelling = 1 / 2;
/** How many ordinary requests are made up at most for one whose list holds something. */
const mostForList = 6;
const marker = 'zqplacezq';

/** Builds ordinary requests with one text replaced. */
export class Planter {
  readonly #context: ProbeContext;
  readonly #setup: Setup;
  readonly #cases = new Map<string, Iterator<RequestCase>>();

  constructor(context: ProbeContext, setup: Setup = new Setup(context)) {
    this.#context = context;
    this.#setup = setup;
  }

  /** Null when what the request needs cannot be made. */
  async request(input: TextInput, { value, raw = false }: Payload): Promise<RequestSpec | null> {
    // A field with such characters cannot be sent at all.
    if (input.place.startsWith('header:') && /[^\t\x20-\x7e]/.test(value)) return null;
    // Nor can these stand in an envelope, or what is written into the target be in one.
    if (input.operation.soap !== null && (raw || /[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(value))) return null;
    const request = await this.#holding(input);
    if (request === null) return null;
    const isRaw = raw && /^(path|query):/.test(input.place);
    const text = isRaw ? marker : value;
    const spec = encodeRequest(input.operation, pinned(request, input.place, input.many ? [text] : text));
    return isRaw ? { ...spec, target: spec.target.replace(marker, () => value) } : spec;
  }

  /** An ordinary request that has the place; a list of objects may be left out or empty, and then another request is tried. */
  async #holding({ operation, place }: TextInput): Promise<RequestCase | null> {
    const inList = place.startsWith('body:') ? /^body:(?:.*)\/0(?=\/)/.exec(place)?.[0] : undefined;
    for (let attempt = 0; attempt < mostForList; attempt += 1) {
      const request = await this.ordinary(operation, place);
      if (request === null || inList === undefined || isPresent(request, inList)) return request;
    }
    return null;
  }

  /**
   * An ordinary request, bound to things that exist and with texts that nobody used before. Null when it cannot be made.
   * @param besides a place that stays unbound. @param own ids for certain places: `path:id`
   */
  async ordinary(
    operation: Operation,
    besides: string | null = null,
    own: Readonly<Record<string, Json>> = {},
  ): Promise<RequestCase | null> {
    const cases = this.#cases.get(operation.id) ?? plainCases(this.#context, operation, 'plant');
    this.#cases.set(operation.id, cases);
    const next = cases.next();
    return next.done === true ? null : this.#bound(operation, next.value, own, (target) => target === besides);
  }

  /**
   * A request that was built here once more: it speaks of the same things in its body, and its texts are new. Null when it cannot be made.
   * @param own ids for certain places: `path:id`
   */
  async again(
    operation: Operation,
    request: RequestCase,
    own: Readonly<Record<string, Json>> = {},
  ): Promise<RequestCase | null> {
    return this.#bound(operation, request, own, (target) => /^(body|query):/.test(target));
  }

  /** @param keep places that stay as they are */
  async #bound(
    operation: Operation,
    request: RequestCase,
    own: Readonly<Record<string, Json>>,
    keep: (target: string) => boolean,
  ): Promise<RequestCase | null> {
    try {
      const bound = await this.#setup.bind(operation, request, own, keep);
      const unique = withUniqueTexts(this.#context, operation, bound, {
        which: (place) => !this.#isBound(operation, place),
        likely: true,
      });
      return withoutConditions(operation, unique);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return null;
    }
  }

  #isBound(operation: Operation, place: string): boolean {
    return this.#setup.bindingsOf(operation.id).some(({ target }) => target === `body:${place}`);
  }

  noteDeleted(exchange: Exchange, operation: Operation): void {
    if (operation.method === 'DELETE' && isSuccess(exchange)) this.#setup.forgetAll();
  }
}

/** A condition would change the answer. */
function withoutConditions(operation: Operation, request: RequestCase): RequestCase {
  const isNeeded = (name: string): boolean =>
    operation.parameters.some(
      (parameter) => parameter.name === name && (parameter.required || isIdempotencyKey(parameter)),
    );
  return {
    ...request,
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !/^if-/i.test(name) || isNeeded(name)),
    ),
  };
}

/**
 * Plants values, in the order of the inputs. `take` sees each answer and says whether that input is settled. There is an end to how many requests are sent: at first those
 * inputs that tell by their names what is done with them get all of theirs, one after the other, as long as there is one left for each of the others; then the first of each
 * input comes before the second of any.
 */
export async function plantEach<P extends Payload>(
  context: ProbeContext,
  inputs: readonly TextInput[],
  payloadsOf: (input: TextInput) => readonly P[],
  take: (attempt: {
    readonly input: TextInput;
    readonly payload: P;
    readonly exchange: Exchange;
  }) => boolean | Promise<boolean>,
  options: {
    readonly most?: number;
    readonly timeoutMs?: number;
    readonly isTelling?: (input: TextInput) => boolean;
  } = {},
): Promise<Tally> {
  const planter = new Planter(context);
  const open = inputs
    .filter(({ operation }) => context.focus === null || context.focus === operation.id)
    .map((input) => ({ input, payloads: payloadsOf(input), next: 0, settled: false }));
  const asked = new Set<TextInput>();
  const heard = new Set<string>();
  let sent = 0;
  let taken = 0;
  let turnedAway: Exchange | null = null;
  let understood = 0;
  const most = options.most ?? mostRequests;
  const plantNext = async (one: (typeof open)[number]): Promise<void> => {
    const payload = one.payloads[one.next];
    one.next += 1;
    const spec = payload === undefined ? null : await planter.request(one.input, payload);
    if (payload === undefined || spec === null) return;
    sent += 1;
    asked.add(one.input);
    const exchange = await context.backend.send(spec, {
      signal: context.signal,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    });
    planter.noteDeleted(exchange, one.input.operation);
    if (isTurnedAway(exchange)) turnedAway = exchange;
    else understood += 1;
    const code = status(exchange) ?? 0;
    if (code >= 200 && code < 400) {
      taken += 1;
      heard.add(one.input.operation.id);
    }
    one.settled = await take({ input: one.input, payload, exchange });
  };
  const mayGo = (part = 1): boolean => sent < most * part && !context.signal.aborted;
  const isOpen = (one: (typeof open)[number]): boolean => !one.settled && one.next < one.payloads.length;
  const without = (): number => open.filter((one) => isOpen(one) && one.next === 0).length;
  // Where not even one each can be sent, none is kept back.
  const leavesOneEach = (): boolean => open.length > most || sent + without() < most;
  for (const one of open.filter(({ input }) => options.isTelling?.(input) === true))
    for (const _ of one.payloads) if (isOpen(one) && mayGo(partForTelling) && leavesOneEach()) await plantNext(one);
  const rounds = Math.max(0, ...open.map(({ payloads }) => payloads.length));
  for (let round = 0; round < rounds; round += 1)
    for (const one of open) if (one.next === round && isOpen(one) && mayGo()) await plantNext(one);
  const operations = new Set([...asked].map(({ operation }) => operation));
  const unheard = [...operations].filter(({ id }) => !heard.has(id));
  return {
    inputs: asked.size,
    operations: operations.size,
    sent,
    short: open.filter(isOpen).length,
    none: without(),
    taken,
    turnedAway: understood === 0 ? turnedAway : null,
    controls: await controlsOf(context, unheard, (operation) => planter.ordinary(operation)),
  };
}

/**
 * What follows from planted values: a proven finding stands whatever became of the others. Without one, something must have been listened to. A refused value
 * alone says nothing, for the rest of the request may have been refused.
 * @param added what a pass rests on besides
 */
export function judgedPlanted(tally: Tally, findings: readonly FindingDraft[], added = ''): Judgement {
  if (findings.length > 0) return judged(findings, '');
  const { sent, taken, turnedAway, controls } = tally;
  if (sent === 0) return undecided('nothing could be planted');
  if (turnedAway !== null) return undecided(`${outcome(turnedAway)}${advice(turnedAway)}`);
  const refusal = controls?.refusal ?? null;
  if (taken === 0 && controls?.accepted === 0 && refusal !== null)
    return undecided(`not even an ordinary request was taken: ${outcome(refusal)}${saying(refusal)}`);
  return judged([], planted(tally) + added);
}

/** What a pass rests on: `12 inputs of 5 operations got 60 payloads; 34 were taken, as text`. */
function planted({ inputs, operations, sent, short = 0, none = 0, taken, controls }: Tally): string {
  const refused = controls?.refused ?? 0;
  const some = short - none;
  const few = `${some === 0 ? '' : `, ${count(some, 'input')} fewer than there are`}${none === 0 ? '' : `, ${count(none, 'input')} none`}`;
  return `${count(inputs, 'input')} of ${count(operations, 'operation')} got ${count(sent, 'payload')}${few}; ${taken} ${taken === 1 ? 'was' : 'were'} taken, as text${refused === 0 ? '' : `; ${count(refused, 'operation')} took no ordinary request either`}`;
}

/** `The query parameter to of continueTo`, `The body’s /url of setWebsite`. */
export function placeInWords(operation: string, place: string): string {
  const where = place.slice(0, place.indexOf(':'));
  const name = place.slice(place.indexOf(':') + 1);
  return `${where === 'body' ? `The body’s ${name}` : `The ${where} parameter ${name}`} of ${operation}`;
}
