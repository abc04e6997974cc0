import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault, type Report } from '@assay/contract';
import { exchangesNamedBy, foldReport, runPage } from '@assay/prove';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import type { Tables } from '../../database/tables.ts';
import { notFound, Problem } from '../../problems.ts';
import { idParams, idSchema, named, page, pageQuery, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { handbookPage } from '../checks/handbook.ts';
import { type Comparison, compareReports } from './compare.ts';
import { allEvents } from './event-queries.ts';
import { findReport, findRun } from './queries.ts';
import { findExchange, findPlots, listExchanges, readRecording } from './record-queries.ts';
import { exchangeDetailRef, exchangeSummaryRef, plotsRef } from './record-schemas.ts';

const tags = ['runs'];

/** What a run left behind. */
export function runRecordRoutes(app: App, { db, configuration }: Services): void {
  app.get(
    '/runs/:id/report',
    {
      schema: {
        operationId: 'readReport',
        tags,
        summary: 'The report of a run; of one that goes on or was cut off, what its events tell so far',
        params: idParams,
        response: { 200: json('The report', named<Report>('Report')), ...problemResponses(404, 409) },
      },
    },
    ({ params }) => reportOf(db, params.id),
  );

  app.get(
    '/runs/:id/exchanges',
    {
      schema: {
        operationId: 'listExchanges',
        tags,
        summary: 'Requests and their answers, in the order in which they ended',
        params: idParams,
        querystring: Type.Object({
          ...pageQuery,
          q: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 200,
              pattern: '^[^\\u0000]*$',
              description: 'Words, each anywhere in the request, its answer or the SQL that it caused',
            }),
          ),
          method: Type.Optional(Type.String({ maxLength: 50, pattern: '^[^\\u0000]*$' })),
          status: Type.Optional(
            Type.String({
              pattern: '^([1-5]\\d\\d|[1-5]xx|none)$',
              description: '`404`, `4xx`, or `none` for no answer',
            }),
          ),
          check: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })),
        }),
        response: { 200: json('A page of exchanges', page(exchangeSummaryRef)), ...problemResponses(404) },
      },
    },
    async ({ params, query }) => {
      const found = await listExchanges(db, params.id, { ...query, limit: query.limit ?? 50 });
      if (found.items.length === 0) await requireRun(db, params.id);
      return found;
    },
  );

  app.get(
    '/runs/:id/exchanges/:exchange',
    {
      schema: {
        operationId: 'readExchange',
        tags,
        summary: 'One exchange, with the statements that it caused',
        params: Type.Object({ id: idSchema, exchange: Type.String({ pattern: '^[a-z]{1,10}-\\d{1,9}$' }) }),
        response: { 200: json('The exchange', exchangeDetailRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => {
      const found = await findExchange(db, params.id, params.exchange);
      if (found === null) throw notFound('exchange in this run');
      return found;
    },
  );

  app.get(
    '/runs/:id/plots',
    {
      schema: {
        operationId: 'readPlots',
        tags,
        summary: 'What is drawn of a run',
        params: idParams,
        response: { 200: json('The series', plotsRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => {
      await requireRun(db, params.id);
      return findPlots(db, params.id);
    },
  );

  app.get(
    '/runs/:id/compare/:other',
    {
      schema: {
        operationId: 'compareRuns',
        tags,
        summary: 'What got better since the other run, and what broke',
        params: Type.Object({ id: idSchema, other: idSchema }),
        response: { 200: json('The differences', named<Comparison>('Comparison')), ...problemResponses(404, 409) },
      },
    },
    async ({ params }) => compareReports(await reportOf(db, params.other), await reportOf(db, params.id)),
  );

  app.get(
    '/runs/:id/page',
    {
      schema: {
        operationId: 'readPage',
        tags,
        summary: 'The report as one self-contained HTML file',
        params: idParams,
        response: {
          200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } },
          ...problemResponses(404, 409),
        },
      },
    },
    async ({ params }, reply) => {
      const report = await reportOf(db, params.id);
      const template = path.join(configuration.pages, 'report.html');
      if (!existsSync(template)) throw new Fault('page-not-built', `There is no ${template}.`);
      const plots = await findPlots(db, params.id);
      const html = runPage(readFileSync(template, 'utf8'), {
        report,
        recording: await readRecording(db, params.id, exchangesNamedBy(report, plots)),
        plots,
        handbook: handbookPage,
      });
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', `attachment; filename="assay-${report.run}.html"`)
        .send(html);
    },
  );
}

async function requireRun(db: Kysely<Tables>, id: string): Promise<void> {
  if ((await findRun(db, id)) === null) throw notFound('run');
}

/** Throws a problem when there is no run, or it has not begun. */
export async function reportOf(db: Kysely<Tables>, id: string): Promise<Report> {
  const report = await findReport(db, id);
  if (report !== null) return report;
  const events = await allEvents(db, id);
  if (events.length > 0) return foldReport(events);
  await requireRun(db, id);
  throw new Problem('conflict', 'The run has no report: it has not begun, or broke before it began.', {
    fix: 'Look at its status.',
  });
}
