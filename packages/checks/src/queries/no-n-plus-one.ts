import type { Check, ProbeContext } from '@assay/contract';
import { countTemplates, isHousekeeping, sqlTemplate } from '../kit/database/sql-template.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { confirmedGrowth, type Measured, measuredList } from '../kit/reading/confirmed-growth.ts';
import { type FillableList, fillableLists } from '../kit/setup/fill.ts';
import { Setup } from '../kit/setup/setup.ts';
import { count, shorten } from '../kit/words.ts';

/** Rows before the first measurement that counts; twice as many before the second. */
const rows = 8;
/** Rows before the one that counts instead where a page of its own accord has ten items, as many have whose length nobody can ask for. */
const fewRows = 4;
const leastGrown = 3;

/** One list asked for twice over: preparing is done by the second time, and so may be the answer. */
interface Asked {
  readonly first: Measured;
  readonly second: Measured;
}

interface Growth {
  readonly operation: string;
  readonly small: Measured;
  readonly large: Measured;
}

/** A list runs as many statements for 2N rows as for N. Growth is the proof, not a number. */
export const check: Check<{
  readonly lists: readonly Growth[];
  readonly unfilled: readonly string[];
  readonly trouble: string | null;
}> = {
  id: 'queries/no-n-plus-one',
  claim: 'A list runs as many statements for many rows as for few',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-1073' },
  needs: ['wire'],
  instance: 'own',
  applies: (_contract, shape) =>
    shape.resources.some(({ lists }) => lists.length > 0) ? applies : doesNotApply('the contract has no lists'),
  probe: async (context) => {
    const setup = new Setup(context);
    const lists: Growth[] = [];
    const unfilled: string[] = [];
    const fillables = await fillableLists(context, setup);
    let { trouble } = fillables;
    for (const fillable of fillables.lists) {
      if (context.signal.aborted) break;
      context.progress(fillable.list.operation);
      await fillable.fill(fewRows, 'apart');
      const fewest = await measure(context, setup, fillable);
      await fillable.fill(rows - fewRows, 'apart');
      const few = await measure(context, setup, fillable);
      await fillable.fill(rows, 'apart');
      const many = await measure(context, setup, fillable);
      const isShort = few !== null && many !== null && many.second.items < few.second.items + leastGrown;
      const [small, large] = telling(isShort ? fewest : few, many);
      if (small === null || large === null || small.items < 3 || large.items < small.items + leastGrown) {
        unfilled.push(fillable.list.operation);
        trouble = fillable.trouble() ?? trouble;
      } else
        lists.push(
          await confirmedGrowth({ operation: fillable.list.operation, small, large }, complaints, () =>
            measureOnce(context, setup, fillable),
          ),
        );
    }
    return { lists, unfilled, trouble };
  },
  judge: ({ lists, unfilled, trouble }) => {
    if (lists.length === 0)
      return undecided(
        `${unfilled.length > 0 ? `${unfilled.join(', ')} could not be made longer` : 'no list could be filled'}${trouble === null ? '' : `: ${trouble}`}`,
      );
    const asking = lists.filter(({ large }) => large.statements.length > 0);
    if (asking.length === 0) return notApplicable('the backend answered its lists without asking its database');
    return judged(asking.flatMap(complaints), `${count(asking.length, 'list')} asked for at two lengths`);
  },
};

async function measure(context: ProbeContext, setup: Setup, fillable: FillableList): Promise<Asked | null> {
  const first = await measureOnce(context, setup, fillable);
  const second = await measureOnce(context, setup, fillable);
  return first === null || second === null ? null : { first, second };
}

async function measureOnce(context: ProbeContext, setup: Setup, fillable: FillableList): Promise<Measured | null> {
  const measured = await measuredList(context, setup, fillable, rows * 4);
  if (measured === null) return null;
  return { ...measured, statements: measured.statements.filter(({ text }) => !isHousekeeping(text)) };
}

/** The second requests, after all preparing; the first ones where a second was answered without the database, out of a cache. */
function telling(few: Asked | null, many: Asked | null): readonly [Measured | null, Measured | null] {
  if (few === null || many === null) return [null, null];
  const isCached = [few, many].some(({ second }) => second.statements.length === 0);
  return isCached ? [few.first, many.first] : [few.second, many.second];
}

function complaints({ operation, small, large }: Growth) {
  const [before, after] = [
    countTemplates(small.statements.map(({ text }) => text)),
    countTemplates(large.statements.map(({ text }) => text)),
  ];
  const grown = large.items - small.items;
  for (const [template, times] of after) {
    const earlier = before.get(template) ?? 0;
    // The new rows may be of two kinds by turns (deposits and transfers), of which only one makes a statement more.
    if (times - earlier < Math.max(3, Math.floor(grown * 0.4))) continue;
    const repeated = large.statements.filter(({ text }) => sqlTemplate(text) === template);
    return [
      {
        key: `${operation} ${template}`,
        title: `${operation} ran one statement ${count(earlier, 'time')} for ${count(small.items, 'row')} and ${count(times, 'time')} for ${large.items}: ${shorten(template, 120)}`,
        detail:
          'The list is fetched with one statement, and then each of its rows with another. Every row costs a round trip to the database, so a page of a hundred rows is a hundred times as slow as it need be.',
        fix: 'Fetch what belongs to all rows at once: a JOIN, `WHERE id = ANY($1)` with the ids of the page, or the mapper’s eager loading (prefetch_related, JOIN FETCH, include).',
        operation,
        evidence: [
          { kind: 'exchange' as const, exchange: large.exchange },
          {
            kind: 'statements' as const,
            statements: repeated.slice(0, 10),
            note: `${times} of the ${large.statements.length} statements of this one request`,
          },
        ],
      },
    ];
  }
  return [];
}
