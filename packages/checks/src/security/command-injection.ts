import { bodyText, type Canary, type Check, type Exchange, type ProbeContext } from '@assay/contract';
import { applies, distinct, doesNotApply } from '../kit/judgement.ts';
import { commandPayloads, type CommandPayload } from '../kit/payloads/command-payloads.ts';
import { type DelayTrial, followsDelays, measureDelays } from '../kit/payloads/delays.ts';
import { likelyFirst, type Telling } from '../kit/payloads/likely-first.ts';
import { judgedPlanted, placeInWords, plantEach, Planter, type Tally } from '../kit/payloads/plant.ts';
import { type TextInput, textInputs } from '../kit/requests/text-inputs.ts';

type Proof =
  /** The answer holds a sum that a shell worked out. */
  | { readonly kind: 'computed'; readonly sum: string }
  /** The planted command called the canary, with such a sum in the address. */
  | { readonly kind: 'called'; readonly sum: string; readonly lines: readonly string[] }
  /** The answer came as much later as the planted command said, each time, in any order. */
  | { readonly kind: 'delayed'; readonly trials: readonly DelayTrial[] };

interface Suspect {
  readonly operation: string;
  readonly place: string;
  readonly payload: string;
  readonly exchange: Exchange;
  readonly proof: Proof;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
}

/** What a program is often given, and what it may be given. */
const likely = /host|domain|^ip$|url|file|path|cmd|command|exec|ping|convert/i;
const telling =
  /host|domain|^ip$|addr|url|file|path|cmd|command|exec|ping|format|convert|size|font|theme|name|query|^q$|search/i;
const marks: Telling = {
  isTelling: ({ name }) => telling.test(name),
  isLikely: ({ name }) => likely.test(name),
};
/** An answer that a planted `sleep 1` may have held up. Milliseconds. */
const heldUpMs = 950;
/** How long a call may come after the last answer. Milliseconds. */
const lateMs = 300;

/**
 * No input is run by a shell. The proof is an effect: a sum that stands in no request is in the answer, or in an address that
 * is called, or, where neither can be seen, the answer follows every planted delay.
 */
export const check: Check<Evidence> = {
  id: 'security/command-injection',
  claim: 'No input is run as a command',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-78', owasp: 'API8:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (textInputs(contract).length > 0 ? applies : doesNotApply('no operation takes a text')),
  probe: async (context) => {
    const canary = await context.backend.canary();
    const suspects: Suspect[] = [];
    const blind: { readonly input: TextInput; readonly payload: CommandPayload; readonly exchange: Exchange }[] = [];
    const heldUp = new Map<TextInput, CommandPayload>();
    const tally = await plantEach(
      context,
      likelyFirst(context.contract, marks),
      ({ schema }) => commandPayloads(context.random, canary, Number(schema['maxLength'] ?? Number.POSITIVE_INFINITY)),
      ({ input, payload, exchange }) => {
        if (payload.tells === 'canary') {
          blind.push({ input, payload, exchange });
          if (exchange.durationMs >= heldUpMs) heldUp.set(input, payload);
          return false;
        }
        const proof: Proof = { kind: 'computed', sum: payload.sum };
        if (!holds({ exchange, proof })) return false;
        suspects.push({ operation: input.operation.id, place: input.place, payload: payload.value, exchange, proof });
        return true;
      },
      { timeoutMs: 10_000, isTelling: marks.isTelling },
    );
    await awaitCalls(context, canary, blind.at(-1)?.payload.sum ?? null);
    const called = new Set<TextInput>();
    for (const { input, payload, exchange } of blind) {
      const { sum } = payload;
      const lines = canary.hits().flatMap(({ line }) => (line.includes(sum) ? [line] : []));
      if (lines.length === 0) continue;
      called.add(input);
      const proof: Proof = { kind: 'called', sum, lines: lines.slice(0, 3) };
      suspects.push({ operation: input.operation.id, place: input.place, payload: payload.value, exchange, proof });
    }
    for (const [input, payload] of heldUp) {
      if (called.has(input) || suspects.some((suspect) => suspect.place === input.place) || context.signal.aborted)
        continue;
      const delayed = await delayedBy(context, input, payload);
      if (delayed !== null) suspects.push(delayed);
    }
    return { tally, suspects };
  },
  judge: ({ tally, suspects }) =>
    judgedPlanted(
      tally,
      distinct(
        suspects.filter(holds).map(({ operation, place, payload, exchange, proof }) => ({
          key: `${operation} ${place}`,
          title: `${placeInWords(operation, place)} is run by a shell`,
          detail: `The value ${JSON.stringify(payload)} was sent, and ${effect(proof)}. Whoever sends that request runs any program as the backend’s user: to read its secrets, to change its data, to attack others from there.`,
          fix: 'Do without a program where a library does the same. Otherwise start it without a shell, with each argument by itself (execFile, subprocess.run([...]), ProcessBuilder, proc_open with an array), put -- before what comes from outside, and choose from a fixed list wherever one will do.',
          operation,
          evidence: [
            { kind: 'exchange' as const, exchange },
            ...(proof.kind === 'called'
              ? [{ kind: 'value' as const, label: 'what reached the canary', actual: proof.lines }]
              : []),
            ...(proof.kind === 'delayed'
              ? [{ kind: 'value' as const, label: 'seconds asked for and taken', actual: proof.trials.map(inWords) }]
              : []),
          ],
        })),
      ),
    ),
};

async function awaitCalls(context: ProbeContext, canary: Canary, last: string | null): Promise<void> {
  if (last !== null) await canary.waitFor(last, lateMs, context.signal);
}

async function delayedBy(context: ProbeContext, input: TextInput, payload: CommandPayload): Promise<Suspect | null> {
  const planter = new Planter(context);
  let last: { readonly exchange: Exchange; readonly value: string } | null = null;
  const trials = await measureDelays(context, async (seconds) => {
    const value = payload.sleeping(seconds);
    const spec = await planter.request(input, { value });
    if (spec === null) return null;
    const exchange = await context.backend.send(spec, { signal: context.signal, timeoutMs: 10_000 });
    if (seconds > 0) last = { exchange, value };
    return exchange.durationMs;
  });
  if (last === null || !followsDelays(trials)) return null;
  const { exchange, value }: { readonly exchange: Exchange; readonly value: string } = last;
  const proof: Proof = { kind: 'delayed', trials };
  return { operation: input.operation.id, place: input.place, payload: value, exchange, proof };
}

function holds({ exchange, proof }: Pick<Suspect, 'exchange' | 'proof'>): boolean {
  switch (proof.kind) {
    case 'computed': {
      const { response } = exchange;
      return (
        response !== undefined &&
        [bodyText(response.body), ...response.headers.map(([, value]) => value)].some((text) =>
          text.includes(proof.sum),
        )
      );
    }
    case 'called':
      return proof.lines.some((line) => line.includes(proof.sum));
    case 'delayed':
      return followsDelays(proof.trials);
    default:
      return proof satisfies never;
  }
}

function effect(proof: Proof): string {
  switch (proof.kind) {
    case 'computed':
      return `the answer holds ${proof.sum}, the sum which the shell worked out`;
    case 'called':
      return `the command in it called an address with ${proof.sum} in it, the sum which the shell worked out`;
    case 'delayed':
      return `in ${proof.trials.length} requests with delays in shuffled order, the answer took as long as the planted sleep each time`;
    default:
      return proof satisfies never;
  }
}

function inWords({ seconds, tookMs }: DelayTrial): string {
  return `${seconds} s: ${(tookMs / 1000).toFixed(2)} s`;
}
