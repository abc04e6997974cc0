import { type Check, type Exchange, type Json, type ProbeContext, type Contract } from '@assay/contract';
import { applies, distinct, doesNotApply, undecided } from '../kit/judgement.ts';
import { blowUpRounds, cannotBlowUp, isBlowUp, type TimedPair } from '../kit/payloads/blow-up.ts';
import { judgedPlanted, type Payload, placeInWords, plantEach, Planter, type Tally } from '../kit/payloads/plant.ts';
import { median } from '../kit/payloads/sign-test.ts';
import { grown, type GrowingText, growingTexts, harmless } from '../kit/requests/backtracking-texts.ts';
import { type TextInput, textInputs } from '../kit/requests/text-inputs.ts';

interface Suspect {
  readonly operation: string;
  readonly place: string;
  readonly text: GrowingText;
  /** How long the text was in each of the pairs. */
  readonly length: number;
  readonly pairs: readonly TimedPair[];
  /** How long the answers to the text at half that length took. Milliseconds. */
  readonly halfMs: readonly number[];
  readonly exchange: Exchange;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
  /** Why the backend did not start again, as it must where a text may have left it busy; null or absent when it did. */
  readonly notStarted?: string | null;
}

const telling = /mail|ur[il]|link|slug|phone|zip|post|name|user|tag|code|host|domain|colou?r|version|date|path/i;
/** An answer that takes so long is looked into. Milliseconds. */
const slowMs = 500;
const screeningMs = 2_500;
const mostRequests = 140;
const longestMs = 6_000;
/** Twice the length costs at least so many times as much: more than the square. */
const leastGrowth = 6;
const mostLookedInto = 6;

/**
 * No text keeps the backend busy out of proportion to its length. Texts that careless patterns run wild on are sent at their full length; only where an
 * answer is slow, its growth is measured: five pairs of the text and a harmless one of the same length, and the text at half that length.
 */
export const check: Check<Evidence> = {
  id: 'security/regex-dos',
  claim: 'No text keeps the backend busy out of proportion to its length',
  skill: 'languages',
  severity: 'high',
  names: { cwe: 'CWE-1333', owasp: 'API4:2023' },
  needs: [],
  instance: 'own',
  applies: (contract) =>
    inputsOf(contract).length > 0 ? applies : doesNotApply('no operation takes a text of a certain form'),
  probe: async (context) => {
    const suspects: Suspect[] = [];
    let lookedInto = 0;
    let notStarted: string | null = null;
    const tally = await plantEach(
      context,
      inputsOf(context.contract),
      screening,
      async ({ input, payload, exchange }) => {
        if (exchange.durationMs < slowMs || exchange.error?.kind === 'aborted' || lookedInto >= mostLookedInto)
          return false;
        lookedInto += 1;
        const suspect = await lookedAt(context, input, payload.text, payload.value.length).catch((error: unknown) => {
          if (!(error instanceof NotStarted)) throw error;
          notStarted = error.message;
          lookedInto = mostLookedInto;
          return null;
        });
        if (suspect === null || !holds(suspect)) return false;
        suspects.push(suspect);
        return true;
      },
      { timeoutMs: screeningMs, most: mostRequests },
    );
    return { tally, suspects, notStarted };
  },
  judge: ({ tally, suspects, notStarted = null }) => {
    if (notStarted !== null && !suspects.some(holds))
      return undecided(
        `an answer was slow, and what came of it could not be looked into: the backend does not start again on its own database, which is the business of resilience/restart-is-idempotent (${notStarted})`,
      );
    return judgedPlanted(
      tally,
      distinct(
        suspects.filter(holds).map(({ operation, place, text, length, pairs, halfMs, exchange }) => ({
          key: `${operation} ${place}`,
          title: `${placeInWords(operation, place)} keeps the backend busy for over a second with ${length} characters`,
          detail: `A text of ${length} characters, ${JSON.stringify(grown(text, Math.min(length, 12)))} and so on, took ${inSeconds(pairs.map(({ attackMs }) => attackMs))} s; one of the same length without a pattern’s trap took ${inSeconds(pairs.map(({ controlMs }) => controlMs))} s, and half of the text ${inSeconds(halfMs)} s. The time multiplies with each character: a few such requests and nobody else is answered.`,
          fix: 'Rewrite the regular expression so that no two repetitions can match the same characters: not (a+)+ nor (\\w+\\.?)* before an end that may not fit. Limit the length before matching. For addresses, look for an @ with something on both sides. Or use an engine without backtracking (RE2).',
          operation,
          evidence: [
            { kind: 'exchange' as const, exchange },
            { kind: 'value' as const, label: 'milliseconds: text, harmless text', actual: pairs as unknown as Json },
            { kind: 'value' as const, label: 'milliseconds: half of the text', actual: halfMs as unknown as Json },
          ],
        })),
      ),
    );
  },
};

/** What the contract gives a form, or what is usually matched against one. */
function inputsOf(contract: Contract): readonly TextInput[] {
  const rank = ({ name, schema }: TextInput): number =>
    Number(schema['pattern'] !== undefined || schema['format'] !== undefined) + Number(telling.test(name));
  return textInputs(contract)
    .filter((input) => rank(input) > 0 && input.operation.method !== 'DELETE')
    .toSorted((a, b) => rank(b) - rank(a));
}

/** Each text as long as the contract lets it be; and, where that is long, a short one that a stricter backend looks at, too. */
function screening(input: TextInput): readonly (Payload & { readonly text: GrowingText })[] {
  const { maxLength } = input.schema;
  const most = Math.min(
    typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY,
    input.place.startsWith('body:') ? 20_000 : 3_000,
  );
  const lengths = most > 1_000 ? [100, most] : [most];
  return lengths.flatMap((length) =>
    growingTexts(input).map((text) => ({ text, value: grown(text, length).slice(0, most) })),
  );
}

/** Finds a length at which the text takes a second or more, and far more than usual, and measures there. Each slow answer may have left the backend busy: it starts anew. */
async function lookedAt(
  context: ProbeContext,
  input: TextInput,
  text: GrowingText,
  longest: number,
): Promise<Suspect | null> {
  const planter = new Planter(context);
  const ask = async (value: string): Promise<Exchange | null> => {
    const spec = await planter.request(input, { value });
    if (spec === null || context.signal.aborted) return null;
    const exchange = await context.backend.send(spec, { timeoutMs: longestMs, signal: context.signal });
    if (exchange.error?.kind === 'timeout') await restart(context);
    return exchange;
  };
  await restart(context);
  // The first answers of a backend that has just started are slow by themselves.
  let usualMs = Number.POSITIVE_INFINITY;
  for (let warmUp = 0; warmUp < 4; warmUp += 1) {
    const warm = await ask(harmless(Math.min(longest, 30)));
    if (warm === null) return null;
    usualMs = Math.min(usualMs, warm.durationMs);
  }
  const wantedMs = Math.max(1_300, 40 * usualMs);
  const fixed = text.before.length + text.after.length;
  let pumps = 8;
  let found: Exchange | null = null;
  for (;;) {
    const length = Math.min(longest, fixed + pumps * text.pump.length);
    const exchange = await ask(grown(text, length));
    if (exchange === null) return null;
    if (exchange.durationMs >= Math.min(wantedMs, longestMs)) {
      found = exchange;
      break;
    }
    if (length >= longest) return null;
    // Where each character doubles the time, one more is a step; where it does not, the length has to grow by shares.
    pumps += pumps < 64 ? (exchange.durationMs > 30 ? 1 : 3) : Math.ceil(pumps / 4);
  }
  const length = fixed + pumps * text.pump.length;
  const pairs: TimedPair[] = [];
  const halfMs: number[] = [];
  for (let round = 0; round < blowUpRounds; round += 1) {
    const control = await ask(harmless(length));
    const attack = await ask(grown(text, length));
    const half = await ask(grown(text, fixed + Math.floor(pumps / 2) * text.pump.length));
    if (control === null || attack === null || half === null) return null;
    pairs.push({ attackMs: Math.round(attack.durationMs), controlMs: Math.round(control.durationMs) });
    if (cannotBlowUp(pairs)) return null;
    halfMs.push(Math.round(half.durationMs));
  }
  return { operation: input.operation.id, place: input.place, text, length, pairs, halfMs, exchange: found };
}

class NotStarted extends Error {}

async function restart({ backend }: ProbeContext): Promise<void> {
  await backend.kill();
  const outcome = await backend.start();
  if (!outcome.ready) throw new NotStarted(outcome.reason);
}

function holds({ pairs, halfMs }: Suspect): boolean {
  const attack = Math.min(...pairs.map(({ attackMs }) => attackMs));
  return isBlowUp(pairs, 3) && halfMs.length >= 3 && attack >= leastGrowth * median(halfMs);
}

function inSeconds(times: readonly number[]): string {
  return [...new Set(times.map((ms) => (ms / 1000).toFixed(2)))].join(', ');
}
