import {
  type Check,
  type Exchange,
  type FindingDraft,
  type HistoryScene,
  type HistorySource,
  type HistoryStep,
  type Json,
  type ProbeContext,
} from '@assay/contract';
import { checkLinearizable, type Model, models, type Operation, type Witness } from '@assay/history';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { registerHistories, writable } from '../kit/races/register-history.ts';
import { mayBeStale } from '../kit/reading/may-be-stale.ts';
import { count, list, requestLine } from '../kit/words.ts';

const clients = 5;
/** Operations in one history. Several short ones find more than a long one, and are decided at once. */
const operationsEach = 40;
const historiesEach = 3;
const mostSources = 3;
/** What every statement is held back by, so that what happens between two of one request has time to happen. Milliseconds. */
const delayMs = 3;
/** For judging, by the clock; histories of this size take a hundredth of it. */
const judgingMs = 10_000;
/** Fewer than this many known outcomes, or none at the same time, would say nothing. */
const leastKnown = 10;

interface Done {
  readonly client: number;
  readonly input: Json;
  readonly outcome: 'ok' | 'failed' | 'unknown';
  readonly output?: Json;
  /** Milliseconds since the start of the run. Null for what was done beforehand. */
  readonly exchange: Exchange | null;
}

interface History {
  readonly source: string;
  readonly title: string;
  readonly model: string;
  readonly operations: readonly Done[];
  /** No challenge says what the things mean: one text of each was taken for a register. */
  readonly ofOneText?: boolean;
}

interface Evidence {
  readonly histories: readonly History[];
  readonly trouble: string | null;
}

/**
 * Several clients work on the same few things at the same time, and what each of them saw is held against every order in which their
 * operations could have happened one at a time. Works for backends whose database is not watched.
 */
export const check: Check<Evidence> = {
  id: 'data/linearizable',
  claim: 'Requests at the same time leave what some order of them would',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-362' },
  needs: [],
  instance: 'shared',
  applies: (contract, shape, challenge) =>
    (challenge?.histories ?? []).length > 0 || writable({ contract, shape }).length > 0
      ? applies
      : doesNotApply('nothing that can be created and read can be changed'),
  probe: async (context) => {
    const own = context.challenge?.histories ?? [];
    const sources = own.length > 0 ? own : registerHistories(context);
    const histories: History[] = [];
    let trouble: string | null = null;
    const played = new Set<string>();
    for (const source of sources) {
      if (played.size >= mostSources) break;
      for (let each = 0; each < historiesEach && !context.signal.aborted; each += 1) {
        const scene = await source.prepare({
          random: context.random,
          send: (request) => context.backend.send(request, { signal: context.signal }),
        });
        if (scene === null) {
          trouble = `${source.title} could not be made and read back for it`;
          break;
        }
        played.add(source.id);
        const history = await play(context, source, scene);
        histories.push(own.length > 0 ? history : { ...history, ofOneText: true });
      }
    }
    return { histories, trouble };
  },
  judge: ({ histories, trouble }) => {
    const findings: FindingDraft[] = [];
    let known = 0;
    let open: string | null = null;
    for (const history of histories) {
      const operations = operationsOf(history);
      const model = modelOf(history.model);
      if (model === null) return undecided(`there is no model named ${history.model}`);
      if (!overlap(history)) continue;
      known += history.operations.filter(({ outcome, exchange }) => outcome === 'ok' && exchange !== null).length;
      const verdict = checkLinearizable(model, operations, { timeoutMs: judgingMs, witnessMs: 500 });
      if (verdict.status === 'undecided') open = verdict.explanation;
      if (verdict.status !== 'violated') continue;
      if (history.operations.some(({ exchange }) => exchange !== null && mayBeStale(exchange))) {
        open = 'reads may be stale by their own Cache-Control, and were';
        continue;
      }
      findings.push(told(history, operations, model, verdict.witness));
    }
    if (findings.length > 0) return judged(findings.slice(0, 1), '');
    if (open !== null) return undecided(open);
    if (known < leastKnown) return undecided(trouble ?? `only ${count(known, 'operation')} had a known outcome`);
    return judged(
      [],
      `${count(known, 'operation')} by ${clients} clients at a time, in ${count(histories.length, 'history', 'histories')}, fit an order${reach(histories)}`,
    );
  },
};

/** How much was held against a model, where that is little: a pass is not to be read as more. */
function reach(histories: readonly History[]): string {
  const names = [...new Set(histories.filter(({ ofOneText }) => ofOneText).map(({ title }) => title))];
  return names.length === 0
    ? ''
    : `; modelled was one text of each thing (${list(names)}), written and read, and nothing else: no other member, no list, no rule between things`;
}

/** Every client does one operation after the other, until there are enough. */
async function play(context: ProbeContext, source: HistorySource, scene: HistoryScene): Promise<History> {
  const rule = context.backend.wire?.rule({ do: 'delay', match: { kind: 'any' }, ms: delayMs });
  const done: Done[] = scene.opening.map((operation) => ({
    client: 0,
    outcome: 'ok' as const,
    exchange: null,
    ...operation,
  }));
  let left = operationsEach;
  const work = async (client: number): Promise<void> => {
    while (left > 0 && !context.signal.aborted) {
      left -= 1;
      const { input, request, read } = scene.next(client, context.random);
      const exchange = await context.backend.send(request, { timeoutMs: 10_000, signal: context.signal });
      done.push({ client, input, exchange, ...read(exchange) });
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  } finally {
    rule?.remove();
  }
  return { source: source.id, title: source.title, model: source.model, operations: done };
}

function modelOf(name: string): Model | null {
  const found = Object.entries(models).find(([each]) => each === name)?.[1];
  return found?.make(undefined) ?? null;
}

/** What was done beforehand lies before everything else, one after the other. */
function operationsOf({ operations }: History): readonly Operation[] {
  return operations.map(({ client, input, outcome, output, exchange }, index) => ({
    // After an unknown outcome the client goes on as another, for its operation has no end.
    process: outcome === 'unknown' ? `${client}-${index}` : client,
    input,
    outcome,
    ...(output === undefined ? {} : { output }),
    call: exchange === null ? index - operations.length : exchange.startedAt,
    ...(outcome === 'unknown'
      ? {}
      : { return: exchange === null ? index - operations.length : exchange.startedAt + exchange.durationMs }),
  }));
}

function overlap({ operations }: History): boolean {
  const times = operations.flatMap(({ exchange }) => (exchange === null ? [] : [exchange]));
  return times.some((a) =>
    times.some((b) => a !== b && a.startedAt <= b.startedAt && b.startedAt < a.startedAt + a.durationMs),
  );
}

function told(history: History, operations: readonly Operation[], model: Model, witness: Witness): FindingDraft {
  const indexOf = new Map(operations.map((operation, index) => [operation, index]));
  const doneAs = (operation: Operation): Done | undefined => history.operations[indexOf.get(operation) ?? -1];
  const shown = [...witness.order.map(({ operation }) => operation), ...witness.stuck];
  const begin = Math.min(...shown.flatMap((operation) => doneAs(operation)?.exchange?.startedAt ?? []));
  const at = (time: number): number => Math.round(Math.max(0, time - begin) * 100) / 100;
  const text = ({ input, output, outcome }: Operation): string =>
    model.describe?.(input, output, outcome === 'ok') ?? JSON.stringify(input);
  const step = (operation: Operation, place: number | null, state?: string): HistoryStep => ({
    client: String.fromCharCode(65 + (doneAs(operation)?.client ?? 0)),
    call: at(operation.call),
    return: operation.return === undefined ? null : at(operation.return),
    text: text(operation),
    place,
    ...(state === undefined ? {} : { state }),
  });
  const exchanges = witness.stuck.flatMap((operation) => doneAs(operation)?.exchange ?? []);
  const [stuck] = exchanges;
  return {
    key: history.source,
    title: `No order of ${count(witness.operations.length, 'request')} at the same time explains what they were answered${stuck === undefined ? '' : `, ${requestLine(stuck)} among them`}`,
    detail: `${clients} clients worked on the same ${history.title} at the same time. If the backend did one operation at a time, each somewhere between its request and its answer, some order would explain all answers. There is none. ${witness.explanation}.`,
    fix: 'Read and write in one transaction that locks what it decides on (SELECT … FOR UPDATE, or one UPDATE that computes the new value and checks the condition), and answer reads from where was written: no cache that another process or a slower request can fill with an old value.',
    evidence: [
      {
        kind: 'history',
        operations: [
          ...witness.order.map(({ operation, state }, index) => step(operation, index + 1, state)),
          ...witness.stuck.map((operation) => step(operation, null)),
        ],
        note: 'The longest order that is possible, and what cannot follow',
      },
      ...exchanges.slice(0, 3).map((exchange) => ({ kind: 'exchange' as const, exchange })),
    ],
  };
}
