import {
  bodyJson,
  type Check,
  type Exchange,
  type FindingDraft,
  type Json,
  type ProbeContext,
  type StartOutcome,
  valueAt,
} from '@assay/contract';
import { counterpart } from '../kit/answers/counterpart.ts';
import { differences } from '../kit/comparison/compare.ts';
import { countAgain, homeTables, type TableCount } from '../kit/database/home-tables.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { countedAgain, type ListCount, steadyLists } from '../kit/reading/list-counts.ts';
import { isGone, readBack } from '../kit/reading/read-back.ts';
import { askedUntil } from '../kit/reading/still-there.ts';
import { creatable, keptResources } from '../kit/setup/creations.ts';
import { type Made, Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, hasFailed, isSuccess, outcome, requestLine, shorten } from '../kit/words.ts';

const restarts = 2;
/** How many things of each kind are made: members that may be left out are in some of them. */
const thingsEach = 4;
/** How long after a start a read may fail. Milliseconds. */
const failsForMs = 5000;

interface Changed {
  readonly written: Exchange;
  readonly before: Exchange;
  readonly after: Exchange;
  /** Where what was sent is not what is read any more; empty when the thing is gone, or cannot be read. */
  readonly places: readonly { readonly place: string; readonly was: Json; readonly is: Json }[];
}

interface Restart {
  readonly outcome: StartOutcome;
  readonly changed: readonly Changed[];
  /** Things that were read with success. */
  readonly shown?: number;
  /** An answer that tells neither that a thing is there nor that it is gone: whoever asks is not let in any more. */
  readonly unread?: Exchange | null;
  readonly lists: readonly ListCount[];
  /** Right after the start, before anything was asked. */
  readonly tables?: readonly TableCount[];
}

interface Evidence {
  readonly made: number;
  readonly lists: readonly ListCount[];
  readonly restarts: readonly Restart[];
  /** The tables that keep what was made, before the first restart. */
  readonly tables?: readonly TableCount[];
  /** Nothing was ever written to the database, and everything was gone. */
  readonly inMemory: boolean;
  readonly trouble: string | null;
}

/** Stopped and started again, twice, on the same database: it starts, nothing is gone, and nothing has come that nobody made. */
export const check: Check<Evidence> = {
  id: 'resilience/restart-is-idempotent',
  claim: 'A restart changes nothing: the data is as it was, and nothing is added',
  skill: 'databases',
  severity: 'critical',
  names: {},
  needs: [],
  instance: 'own',
  applies: (_contract, shape) =>
    keptResources(shape.resources).length > 0 ? applies : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const setup = new Setup(context);
    const { backend } = context;
    const { resources, trouble } = await creatable(context, setup);
    const made: Made[] = [];
    for (const resource of resources) {
      try {
        for (let each = 0; each < thingsEach; each += 1) made.push(await setup.make(resource.name));
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
      }
    }
    const before: { made: Made; read: Exchange }[] = [];
    for (const one of made) {
      const read = await readBack(setup, one);
      if (read !== null && isSuccess(read)) before.push({ made: one, read });
    }
    const lists = await steadyLists(context, setup);
    const texts = [...made.flatMap(({ sent }) => textsIn(sent)), ...(await loginOf(context))];
    await backend.wire?.idle(50, context.signal);
    const tables = await homeTables(context, texts);
    const rounds: Restart[] = [];
    while (before.length > 0 && rounds.length < restarts && !context.signal.aborted) {
      const { exited } = await backend.stop('SIGTERM', 10_000);
      if (!exited) await backend.kill();
      const started = await backend.start();
      const nowIn = started.ready ? await countAgain(context, tables) : [];
      const changed: Changed[] = [];
      let shown = 0;
      let unread: Exchange | null = null;
      for (const { made: one, read } of started.ready ? before : []) {
        const after = await askedUntil(
          () => readBack(setup, one),
          (answer) => answer === null || !hasFailed(answer),
          { signal: context.signal, patienceMs: failsForMs },
        );
        if (context.signal.aborted) break;
        if (after !== null && isSuccess(after)) shown += 1;
        else if (after !== null && !isGone(after) && !hasFailed(after)) unread = after;
        const places = after === null ? [] : changes(one, read, after);
        if (after === null || (!isGone(after) && !hasFailed(after) && places.length === 0)) continue;
        changed.push({ written: one.exchange, before: read, after, places });
        // One that fails is enough to wait for.
        if (hasFailed(after)) break;
      }
      rounds.push({
        outcome: started,
        changed,
        shown,
        unread,
        lists: started.ready ? await countedAgain(backend, lists) : [],
        tables: nowIn,
      });
      if (!started.ready) break;
    }
    const wroteNothing =
      backend.wire?.statements().some(({ command }) => /^(INSERT|UPDATE|MERGE|COPY)/.test(command ?? '')) !== true;
    const allGone = rounds.some(
      ({ changed }) => changed.length === before.length && changed.every(({ after }) => isGone(after)),
    );
    return {
      made: before.length,
      lists: lists.map(({ counted: one }) => one),
      restarts: rounds,
      tables,
      // A challenge asks for a database; elsewhere, keeping things in memory may be what was meant.
      inMemory: context.challenge === null && wroteNothing && allGone,
      trouble,
    };
  },
  judge: ({ made, lists, restarts: rounds, tables = [], inMemory, trouble }) => {
    if (inMemory) return notApplicable('the backend keeps everything in memory: nothing is left after a restart');
    if (made === 0 || rounds.length === 0) return undecided(trouble ?? 'nothing that was created could be read');
    const found = rounds.flatMap((restart, index) => complaints(restart, index + 1));
    const findings = [...found, ...moved(lists, rounds), ...added(tables, rounds)];
    const blind = rounds.find(({ shown, unread = null }) => shown === 0 && unread !== null)?.unread;
    if (findings.length === 0 && blind !== undefined && blind !== null)
      return undecided(`nothing could be read after a restart: ${outcome(blind)}`);
    return judged(
      findings.slice(0, 1),
      `${count(made, 'thing')} and ${count(lists.length, 'list')} as before after ${count(rounds.length, 'restart')}`,
    );
  },
};

/** Members that came back as they were sent, and do not any more. What a backend computes may change with time. */
function changes({ sent }: Made, before: Exchange, after: Exchange): Changed['places'] {
  const was = bodyJson(before.response?.body) as Json | undefined;
  const is = bodyJson(after.response?.body) as Json | undefined;
  if (sent === undefined || was === undefined || is === undefined || !isSuccess(after)) return [];
  const [earlier, now] = [counterpart(null, sent, was), counterpart(null, sent, is)];
  const altered = new Set(differences(earlier.sent, earlier.back, earlier.at).map(({ place }) => place));
  return differences(now.sent, now.back, now.at)
    .filter(({ place }) => !altered.has(place) && valueAt(was, place) !== undefined)
    .map(({ place, sent: sentValue, back }) => ({ place, was: sentValue, is: back }));
}

/** Texts that stand nowhere else. */
function textsIn(sent: Json | undefined): readonly string[] {
  if (typeof sent === 'string') return sent.length >= 10 ? [sent] : [];
  return typeof sent === 'object' && sent !== null ? Object.values(sent).flatMap((one) => textsIn(one as Json)) : [];
}

async function loginOf({ identities, backend }: ProbeContext): Promise<readonly string[]> {
  const usual = await identities.usual(backend);
  return usual === null || 'unavailable' in usual || usual.login.length < 10 ? [] : [usual.login];
}

/** Lists to which each start adds items, or from which it takes some: one that moves once may be waiting for something that works behind the scenes. */
function moved(before: readonly ListCount[], rounds: readonly Restart[]): readonly FindingDraft[] {
  return before.flatMap((old) => {
    const later = rounds.flatMap(({ lists }) => lists.filter(({ operation }) => operation === old.operation));
    const counts = [old, ...later].map(({ items }) => items);
    const [last] = later.slice(-1);
    const goes = (sign: number): boolean =>
      counts.every((one, at) => at === 0 || Math.sign(one - (counts[at - 1] ?? 0)) === sign);
    if (last === undefined || counts.length !== restarts + 1 || !(goes(1) || goes(-1))) return [];
    return [
      {
        key: `${old.operation} ${goes(1) ? 'grown' : 'shrunk'}`,
        title: `Each start ${goes(1) ? 'adds to' : 'takes from'} what ${requestLine(old.exchange)} lists: ${counts.join(', then ')} items`,
        detail:
          'The list was walked to its end twice, and had as many items both times. Then the backend was stopped with SIGTERM and started again on the same database, two times. That is what every deploy does.',
        fix: startFix,
        ...(goes(1) ? { severity: 'high' as const } : {}),
        evidence: [old, last].map(({ exchange }) => ({ kind: 'exchange' as const, exchange })),
      },
    ];
  });
}

/** Rows that each start adds to a table that keeps what people make. */
function added(before: readonly TableCount[], rounds: readonly Restart[]): readonly FindingDraft[] {
  return before.flatMap(({ table, rows }) => {
    const counts = [
      rows,
      ...rounds.flatMap(({ tables = [] }) => tables.filter((one) => one.table === table).map((one) => one.rows)),
    ];
    const grows = counts.length === restarts + 1 && counts.every((one, at) => at === 0 || one > (counts[at - 1] ?? 0));
    if (!grows) return [];
    return [
      {
        key: `${table} grown`,
        title: `Each start adds to the table ${table}: it has ${counts.join(', then ')} rows`,
        detail:
          'The rows were counted before the backend was stopped with SIGTERM, and right after it was started again on the same database, before any request. Every deploy, and every crash, adds to them.',
        fix: startFix,
        severity: 'high',
        evidence: [{ kind: 'value', label: `rows of ${table}`, expected: rows, actual: counts }],
      },
    ];
  });
}

const startFix =
  'Make start-up idempotent: migrations that know what has been applied, CREATE TABLE IF NOT EXISTS, no DROP or create-drop, sample data only into an empty table or with ON CONFLICT DO NOTHING.';

function complaints({ outcome: started, changed }: Restart, times: number) {
  const detail = `The backend was stopped with SIGTERM and started again on the same database, for the ${times === 1 ? 'first' : 'second'} time. That is what every deploy does.`;
  const fix = startFix;
  const tell = (
    key: string,
    title: string,
    evidence: FindingDraft['evidence'],
    more: Partial<FindingDraft> = {},
  ): readonly FindingDraft[] => [{ key, title, detail, fix, evidence, ...more }];
  if (!started.ready)
    return tell('does not start again', `The backend does not start again on its own database: ${started.reason}`, [
      { kind: 'note', text: started.reason },
      ...(started.log.length > 0 ? [{ kind: 'log' as const, lines: started.log }] : []),
    ]);
  const [first] = changed;
  if (first !== undefined) {
    const shown = [first.written, first.before, first.after].map((exchange) => ({
      kind: 'exchange' as const,
      exchange,
    }));
    if (hasFailed(first.after))
      return tell(
        'not served',
        `After a restart ${outcome(first.after)}, and before it ${first.before.response?.status}`,
        shown,
      );
    const [place] = first.places;
    return place === undefined
      ? tell('gone', `What ${requestLine(first.written)} made is gone after a restart: ${outcome(first.after)}`, shown)
      : tell(
          'changed',
          `After a restart ${requestLine(first.after)} shows ${shorten(JSON.stringify(place.is), 60)} at ${place.place}, where ${shorten(JSON.stringify(place.was), 60)} was`,
          shown,
        );
  }
  return [];
}
