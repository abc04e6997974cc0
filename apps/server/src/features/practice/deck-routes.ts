import { Readable } from 'node:stream';
import { deckNotes, readApkg, readCsv, takeOver, writeApkg, writeCsv } from '@assay/practice';
import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';

const tags = ['practice'];

/** A deck of years, in base64. Bytes. */
const largestDeck = 48 * 1024 * 1024;

function file(type: string, description: string) {
  return { description, content: { [type]: { schema: Type.Unsafe<Readable>({ type: 'string' }) } } };
}

export function deckRoutes(app: App, { practice }: Services): void {
  app.get(
    '/practice/deck',
    {
      schema: {
        operationId: 'exportDeck',
        tags,
        summary: 'The questions with their scheduling and every review, as an Anki deck (.apkg)',
        querystring: Type.Object({
          format: Type.Optional(
            Type.Enum(['legacy', 'current'], {
              default: 'legacy',
              description: 'legacy: for Anki before 2.1.50 and other programs',
            }),
          ),
        }),
        response: { 200: file('application/octet-stream', 'The deck'), ...problemResponses() },
      },
    },
    async ({ query }, reply) => {
      const notes = deckNotes(practice.progress, await practice.list(), practice.challenges);
      return reply
        .type('application/octet-stream')
        .header('content-disposition', 'attachment; filename="assay.apkg"')
        .send(
          Readable.from([
            Buffer.from(
              writeApkg(notes, {
                now: Date.now(),
                format: query.format ?? 'legacy',
                retention: practice.progress.scheduler.retention,
              }),
            ),
          ]),
        );
    },
  );

  app.get(
    '/practice/reviews',
    {
      schema: {
        operationId: 'exportReviews',
        tags,
        summary: 'Every review, as CSV',
        response: { 200: file('text/csv', 'The reviews'), ...problemResponses() },
      },
    },
    async (_request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="assay-reviews.csv"')
        .send(Readable.from([Buffer.from(writeCsv(practice.progress.reviews()))])),
  );

  app.post(
    '/practice/imports',
    {
      bodyLimit: largestDeck,
      schema: {
        operationId: 'importReviews',
        tags,
        summary: 'Take over reviews that were made elsewhere: a deck of Anki, or a CSV file',
        body: exactly({
          format: Type.Enum(['apkg', 'csv']),
          content: Type.String({
            maxLength: largestDeck,
            pattern: '^[A-Za-z0-9+/]*={0,2}$',
            contentEncoding: 'base64',
            description: 'The file in base64',
          }),
        }),
        response: {
          200: json(
            'What was taken over',
            exactly({
              added: Type.Integer({ minimum: 0 }),
              known: Type.Integer({ minimum: 0 }),
              foreign: Type.Integer({ minimum: 0, description: 'Notes that are not Assay’s' }),
            }),
          ),
          ...problemResponses(...bodyProblems, 409),
        },
      },
    },
    ({ body }) => {
      const bytes = Buffer.from(body.content, 'base64');
      const read = body.format === 'csv' ? { reviews: readCsv(bytes.toString('utf8')), foreign: 0 } : readApkg(bytes);
      const added = takeOver(practice.progress, read.reviews, Date.now());
      return { added, known: read.reviews.length - added, foreign: read.foreign };
    },
  );
}
