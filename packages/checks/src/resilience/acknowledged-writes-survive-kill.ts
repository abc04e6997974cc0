import {
  type Check,
  type Exchange,
  type FindingDraft,
  type Json,
  type ProbeContext,
  type Resource,
  type StartOutcome,
  type WireRuleHandle,
} from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Made, Setup, SetupFailed } from '../kit/setup.ts';
import { count, outcome, requestLine } from '../kit/words.ts';

/** How long each statement of the last write is held back, so that an answer that does not wait for it shows. Milliseconds. */
const delayMs = 120;
/** How many things are written before each kill. */
const writes = 4;
/** For how many kinds of things one is the last before a kill, while the database is slow. */
const mostKinds = 3;

interface Round {
  readonly how: string;
  readonly acknowledged: readonly Exchange[];
  /** What was acknowledged and could not be read after the backend was started again. */
  readonly lost: readonly { readonly written: Exchange; readonly read: Exchange }[];
  readonly restarted: StartOutcome;
  /** Nothing was ever written to the database, and what had been made long before was gone as well. */
  readonly inMemory: boolean;
}

interface Evidence {
  readonly rounds: readonly Round[];
  readonly trouble: string | null;
}

/**
 * What was acknowledged is still there after the backend is killed at that very moment and started again. In all rounds but one the database is slow
 * to write, so that an answer which is sent before its write is complete cannot win the race by luck.
 */
export const check: Check<Evidence> = {
  id: 'resilience/acknowledged-writes-survive-kill',
  claim: 'What was acknowledged survives a kill',
  skill: 'databases',
  severity: 'critical',
  names: { cwe: 'CWE-393' },
  needs: [],
  instance: 'own',
  applies: (_contract, shape) =>
    resourcesOf(shape.resources).length > 0 ? applies : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const rounds: Round[] = [];
    let trouble: string | null = null;
    const kinds = Math.min(mostKinds, resourcesOf(context.shape.resources).length);
    for (let turn = 0; turn <= kinds; turn += 1) {
      if (context.signal.aborted) break;
      try {
        const round = await killed(context, turn, turn < kinds);
        rounds.push(round);
        if (!round.restarted.ready) break;
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { rounds, trouble };
  },
  judge: ({ rounds, trouble }) => {
    const acknowledged = rounds.reduce((sum, round) => sum + round.acknowledged.length, 0);
    if (rounds.some(({ inMemory }) => inMemory))
      return notApplicable(
        'the backend keeps everything in memory: what had been made long before the kill was gone after it as well',
      );
    if (acknowledged === 0) return undecided(trouble ?? 'no write was acknowledged');
    return judged(
      rounds.flatMap(complaints).slice(0, 1),
      `${count(acknowledged, 'acknowledged write')} read after ${count(rounds.length, 'kill')}`,
    );
  },
};

function resourcesOf(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ create, read }) => create !== null && read !== null);
}

/** @param turn which kind of thing is written last: only of that one can an answer be ahead of its write at the kill. */
async function killed(context: ProbeContext, turn: number, slow: boolean): Promise<Round> {
  const setup = new Setup(context);
  const instance = context.backend;
  // What the writes are bound to is made beforehand, at full speed; what cannot be made (a transfer without funds) is left out.
  const resources: Resource[] = [];
  const settled: Made[] = [];
  let trouble: SetupFailed | null = null;
  for (const resource of resourcesOf(context.shape.resources)) {
    try {
      settled.push(await setup.some(resource.name));
      resources.push(resource);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error;
    }
  }
  if (resources.length === 0) throw trouble ?? new SetupFailed('nothing could be created');
  let rule: WireRuleHandle | undefined;
  const made: Made[] = [];
  try {
    for (let left = writes - 1; left >= 0; left -= 1) {
      if (slow && left === 0) rule = instance.wire?.rule({ do: 'delay', match: { kind: 'write' }, ms: delayMs });
      const resource = resources.at((turn - left) % resources.length);
      if (resource !== undefined) made.push(await setup.make(resource.name));
    }
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
  } finally {
    // At the moment of the last answer: nothing that is still under way may get through.
    await instance.kill();
    rule?.remove();
  }
  const writesToDatabase =
    instance.wire?.statements().some(({ command }) => /^(INSERT|UPDATE|MERGE|COPY)/.test(command ?? '')) === true;
  const restarted = await instance.start();
  const lost: { written: Exchange; read: Exchange }[] = [];
  if (restarted.ready) {
    for (const one of made) {
      const read = await readBack(setup, one);
      if (isGone(read)) lost.push({ written: one.exchange, read });
    }
  }
  // A challenge asks for a database; elsewhere, keeping things in memory may be what was meant.
  const inMemory =
    restarted.ready &&
    context.challenge === null &&
    !writesToDatabase &&
    lost.length === made.length &&
    (await areGone(setup, settled));
  return {
    how: slow ? `while the database took ${delayMs} ms for each write` : 'at full speed',
    acknowledged: made.map(({ exchange }) => exchange),
    lost,
    restarted,
    inMemory,
  };
}

function isGone(read: Exchange | null): read is Exchange {
  return read?.response?.status === 404 || read?.response?.status === 410;
}

async function areGone(setup: Setup, settled: readonly Made[]): Promise<boolean> {
  for (const one of settled) if (!isGone(await readBack(setup, one))) return false;
  return settled.length > 0;
}

async function readBack(setup: Setup, made: Made): Promise<Exchange | null> {
  const resource = setup.resource(made.resource);
  const own: Record<string, Json> = { [`path:${resource.idParameter ?? 'id'}`]: made.id };
  return resource.read === null ? null : setup.instance.send(await setup.request(resource.read, own));
}

function complaints({ how, acknowledged, lost, restarted }: Round): readonly FindingDraft[] {
  const fix =
    'Send the answer only when COMMIT has returned: await the write, no queue in memory, no transaction that is committed later.';
  if (!restarted.ready) {
    const last = acknowledged.at(-1);
    return [
      {
        key: 'does not start again',
        title: `After a kill the backend does not start again on its own database: ${restarted.reason}`,
        detail:
          'A process is killed sooner or later: by the machine, by a deploy, by running out of memory. It must come back by itself.',
        fix: 'Make start-up idempotent: create tables only when they are missing, run migrations that know what has been applied, remove stale lock files.',
        evidence: [
          { kind: 'log', lines: restarted.log },
          ...(last === undefined ? [] : [{ kind: 'exchange' as const, exchange: last }]),
        ],
      },
    ];
  }
  const [first] = lost;
  if (first === undefined) return [];
  return [
    {
      key: 'lost',
      title: `${requestLine(first.written)} was acknowledged with ${first.written.response?.status}, the backend was killed, and ${outcome(first.read)}`,
      detail: `${lost.length} of ${acknowledged.length} acknowledged writes were lost when the backend was killed right after the last answer, ${how}. Whoever was told that something is kept has no reason to send it again.`,
      fix,
      evidence: [
        { kind: 'exchange' as const, exchange: first.written },
        { kind: 'note' as const, text: 'SIGKILL to every process of the backend; started again on the same database' },
        { kind: 'exchange' as const, exchange: first.read },
      ],
    },
  ];
}
