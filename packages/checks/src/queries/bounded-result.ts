import type { Check, ProbeContext, Statement } from '@assay/contract';
import { isHousekeeping, sqlTemplate } from '../kit/database/sql-template.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { confirmedGrowth, type Measured, measuredList } from '../kit/reading/confirmed-growth.ts';
import { type FillableList, fillableLists } from '../kit/setup/fill.ts';
import { Setup } from '../kit/setup/setup.ts';
import { count, list, shorten } from '../kit/words.ts';

/** Rows before the first measurement; twice as many before the second. Few are asked for each time, or as few as the contract allows. */
const rows = 20;
const asked = 2;

interface Growth {
  readonly operation: string;
  readonly added: number;
  readonly small: Measured;
  readonly large: Measured;
}

/** A page of a list makes the database return the rows of that page, not all there are. */
export const check: Check<{ readonly lists: readonly Growth[]; readonly trouble: string | null }> = {
  id: 'queries/bounded-result',
  claim: 'A page of a list fetches the rows of that page and no more',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-770', owasp: 'API4:2023' },
  needs: ['wire'],
  instance: 'own',
  applies: (_contract, shape) =>
    shape.resources.some(({ lists }) => lists.some(({ pagination }) => pagination?.limit != null))
      ? applies
      : doesNotApply('no list has a limit'),
  probe: async (context) => {
    const setup = new Setup(context);
    const lists: Growth[] = [];
    const fillables = await fillableLists(context, setup);
    let { trouble } = fillables;
    for (const fillable of fillables.lists) {
      if (context.signal.aborted) break;
      if (fillable.list.pagination?.limit == null) continue;
      context.progress(fillable.list.operation);
      await fillable.fill(rows);
      const small = await measure(context, setup, fillable);
      const added = await fillable.fill(rows);
      const large = await measure(context, setup, fillable);
      if (small !== null && large !== null && added >= rows / 2)
        lists.push(
          await confirmedGrowth({ operation: fillable.list.operation, added, small, large }, complaints, () =>
            measure(context, setup, fillable),
          ),
        );
      else trouble = fillable.trouble() ?? `${fillable.list.operation} did not answer with a list`;
    }
    return { lists, trouble };
  },
  judge: ({ lists, trouble }) => {
    if (lists.length === 0) return undecided(`no list could be filled${trouble === null ? '' : `: ${trouble}`}`);
    const asking = lists.filter(({ large }) => large.statements.length > 0);
    if (asking.length === 0) return notApplicable('the backend answered its lists without asking its database');
    const findings = asking.flatMap(complaints);
    const pages = asking.filter(isPage);
    if (findings.length === 0 && pages.length === 0)
      return undecided(
        `${list(asking.map(({ operation }) => operation))} brought no page that is shorter than the list: what it fetched cannot be told from what it showed`,
      );
    return judged(findings, `${count(pages.length, 'list')} asked for a short page at two sizes of the table`);
  },
};

/** Whether it was as long as was asked for at least, and no longer for the rows that were added. */
function isPage({ small, large }: Growth): boolean {
  return large.items >= asked && large.items <= small.items;
}

async function measure(context: ProbeContext, setup: Setup, fillable: FillableList): Promise<Measured | null> {
  const measured = await measuredList(context, setup, fillable, asked);
  const brings = ({ command, text }: Statement): boolean =>
    (command === 'SELECT' || command === 'FETCH') && !isHousekeeping(text);
  return measured === null ? null : { ...measured, statements: measured.statements.filter(brings) };
}

function complaints({ operation, added, small, large }: Growth) {
  if (large.items > small.items) return [];
  const before = rowsByTemplate(small.statements);
  for (const [template, fetched] of rowsByTemplate(large.statements)) {
    const earlier = before.get(template) ?? 0;
    if (fetched - earlier < added * 0.8) continue;
    return [
      {
        key: `${operation} ${template}`,
        title: `${operation} fetched ${count(fetched, 'row')} to show ${large.items}; with ${added} rows fewer it fetched ${earlier}: ${shorten(template, 120)}`,
        detail:
          'The database returns the whole table and the backend cuts the page out of it. That works with the data of a test, and takes time and memory in step with everything that is ever stored.',
        fix: 'Put the limit and where to continue into the statement (WHERE … ORDER BY … LIMIT $1), and aggregate in SQL.',
        operation,
        evidence: [
          { kind: 'exchange' as const, exchange: large.exchange },
          {
            kind: 'statements' as const,
            statements: large.statements.filter(({ text }) => sqlTemplate(text) === template).slice(0, 3),
          },
        ],
      },
    ];
  }
  return [];
}

function rowsByTemplate(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { text, rows: fetched } of statements)
    sums.set(sqlTemplate(text), (sums.get(sqlTemplate(text)) ?? 0) + (fetched ?? 0));
  return sums;
}
