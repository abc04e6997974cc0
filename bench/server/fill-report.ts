import type { RunEvent } from '@assay/contract';
import { connect } from '../../apps/server/src/database/connect.ts';
import { insertEvents } from '../../apps/server/src/features/runs/event-queries.ts';
import { storable } from '../../apps/server/src/features/runs/storable.ts';
import { newId } from '../../apps/server/src/identifier.ts';
import { run } from '../../apps/web/src/report/file/run-for-tests.ts';
import { openHome, openStore } from '../../packages/engine/src/index.ts';

/** Stores a run with so many exchanges, each of which caused two statements, as if it had been judged. Returns its id. */
export async function fillReport(home: string, exchanges: number, folder = '/srv/large'): Promise<string> {
  // The server runs: this only finds how to reach its database, keeps it from nothing and closes nothing.
  const found = new AbortController();
  const { access } = await openStore(openHome({ ASSAY_HOME: home }), found.signal);
  found.abort();
  const { db } = connect(access);
  const { report, recording, plots } = run(exchanges);
  const [pattern] = recording.statements;
  if (pattern === undefined) throw new Error('there is no statement to go by');
  const { instance, exchange: _exchange, ...statement } = pattern;
  const events = recording.exchanges
    .flatMap((exchange) => [
      { type: 'exchange' as const, exchange },
      ...[1, 2].map((of) => ({
        type: 'statement' as const,
        instance,
        exchange: exchange.id,
        statement: { ...statement, id: of, text: `SELECT ${of} FROM todos WHERE id = $1` },
      })),
    ])
    .map((event, index): RunEvent => ({ sequence: index + 1, at: index, ...event }));
  const id = newId();
  try {
    await db
      .insertInto('run')
      .values({
        id,
        backend_id: null,
        previous_id: null,
        folder,
        challenge: null,
        contract: null,
        wanted: [],
        seed: 7,
        budget_seconds: null,
        watch: false,
        status: 'finished',
        verdict: 'failed',
        reason: report.reason,
        failed: 1,
        passed: 1,
        started_at: new Date(),
        ended_at: new Date(),
      })
      .execute();
    await insertEvents(db, id, events);
    await db
      .insertInto('report')
      .values({ run_id: id, report: storable(report), plots: storable(plots) })
      .execute();
    return id;
  } finally {
    await db.destroy();
  }
}
