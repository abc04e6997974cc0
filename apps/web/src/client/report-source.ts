import type { Report } from '@assay/contract';
import type { ExchangeDetail, Plots } from '@assay/prove';
import type { ReplayOutcome, ReportSource } from '../report/source.ts';
import { answered, api, connection } from './api.ts';
import { ApiProblem } from './problem.ts';

/** How often it is asked whether a replay has ended. */
const askEveryMs = 500;

/** A run's report and record, from the server. */
export function reportSource(run: string): ReportSource {
  const path = { id: run };
  return {
    async report() {
      const report: unknown = answered(await api.GET('/api/runs/{id}/report', { params: { path } }));
      if (!isReport(report)) throw new Error('The report is in a form that this page does not know. Reload it.');
      return report;
    },
    async plots() {
      const plots: unknown = answered(await api.GET('/api/runs/{id}/plots', { params: { path } }));
      if (!isPlots(plots)) throw new Error('The plots are in a form that this page does not know. Reload it.');
      return plots;
    },
    async exchanges({ q, method, status, check }, cursor, signal) {
      const query = {
        limit: 200,
        ...(q === '' ? {} : { q }),
        ...(method === null ? {} : { method }),
        ...(status === null ? {} : { status }),
        ...(check === null ? {} : { check }),
        ...(cursor === null ? {} : { cursor }),
      };
      return answered(await api.GET('/api/runs/{id}/exchanges', { params: { path, query }, signal }));
    },
    async exchange(exchange) {
      const result = await api.GET('/api/runs/{id}/exchanges/{exchange}', { params: { path: { ...path, exchange } } });
      if (result.response.status === 404) return null;
      const detail: unknown = answered(result);
      return isDetail(detail) ? detail : null;
    },
    async handbook(check) {
      const [area = '', name = ''] = check.split('/');
      const result = await api.GET('/api/checks/{area}/{name}', { params: { path: { area, name } } });
      return result.response.status === 404 ? null : answered(result).markdown;
    },
    whenBack: (again) => connection.whenBack(again),
    async replay(finding) {
      const { replay } = answered(
        await api.POST('/api/runs/{id}/findings/{finding}/replay', {
          params: { path: { ...path, finding: finding.id } },
        }),
      );
      return outcomeOf(replay);
    },
  };
}

async function outcomeOf(id: string): Promise<ReplayOutcome> {
  for (;;) {
    const { status, outcome, reason } = answered(await api.GET('/api/replays/{id}', { params: { path: { id } } }));
    if (status === 'finished') return { outcome: outcome ?? 'undecided', text: reason };
    if (status === 'broken' || status === 'interrupted')
      throw new ApiProblem(500, { detail: reason === '' ? 'The replay was interrupted. Try it again.' : reason });
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

// What the server sends was made from these very types; here it is only held that it is that kind of thing.
function isReport(value: unknown): value is Report {
  return (
    has(value, 'schemaVersion') && value.schemaVersion === 1 && has(value, 'checks') && Array.isArray(value.checks)
  );
}

function isPlots(value: unknown): value is Plots {
  return has(value, 'latency') && has(value, 'timeline') && has(value, 'growth');
}

function isDetail(value: unknown): value is ExchangeDetail {
  return has(value, 'exchange') && has(value.exchange, 'request') && has(value, 'statements');
}

function has<K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return typeof value === 'object' && value !== null && key in value;
}
