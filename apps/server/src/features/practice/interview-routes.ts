import { Type } from 'typebox';
import { created, json, noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { decodeCursor, pageOf } from '../../cursor.ts';
import { notFound } from '../../problems.ts';
import { bodyProblems, exactly, page, pageQuery, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { beginInterview, endInterview, endTurn, readInterview, summaryOf } from './interviews.ts';
import {
  interviewIdSchema,
  interviewRef,
  interviewSummaryRef,
  lastTurnSchema,
  planSchema,
  practiceSeedSchema,
  turnSchema,
} from './schemas.ts';

const tags = ['practice'];
const params = Type.Object({ id: interviewIdSchema });
const place = /^[0-9TZa-f-]{10,60}$/;

export function interviewRoutes(app: App, services: Services): void {
  const { practice } = services;

  app.get(
    '/practice/interviews',
    {
      schema: {
        operationId: 'listInterviews',
        tags,
        summary: 'Mock interviews, here and in the terminal, the newest first',
        querystring: Type.Object(pageQuery),
        response: { 200: json('A page of interviews', page(interviewSummaryRef)), ...problemResponses() },
      },
    },
    ({ query }) => {
      const { transcripts } = practice;
      const limit = query.limit ?? 50;
      const after = decodeCursor(query.cursor, place);
      const ids = transcripts.list().filter((id) => after === null || id < after);
      const rows = ids.slice(0, limit + 1).flatMap((id) => {
        const transcript = transcripts.find(id);
        return transcript === null ? [] : [summaryOf(id, transcript)];
      });
      return pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      );
    },
  );

  app.post(
    '/practice/interviews',
    {
      schema: {
        operationId: 'beginInterview',
        tags,
        summary: 'Begin a mock interview',
        body: exactly({ ...planSchema, seed: Type.Optional(practiceSeedSchema) }),
        response: { 201: created('It has begun', interviewRef), ...problemResponses(...bodyProblems, 409) },
      },
    },
    async ({ body }, reply) => {
      const { role, level, minutes, seed = Math.floor(Math.random() * 1_000_000) } = body;
      const interview = await beginInterview(services, { role, level, minutes, seed });
      return reply.code(201).header('location', `/api/practice/interviews/${interview.id}`).send(interview);
    },
  );

  app.get(
    '/practice/interviews/:id',
    {
      schema: {
        operationId: 'readInterview',
        tags,
        summary: 'A mock interview, with its transcript and what it showed',
        params,
        response: { 200: json('The interview', interviewRef), ...problemResponses(404) },
      },
    },
    (request) => readInterview(services, request.params.id),
  );

  app.delete(
    '/practice/interviews/:id',
    {
      schema: {
        operationId: 'deleteInterview',
        tags,
        summary: 'Forget its transcript; the answers stay in the history',
        params,
        response: { 204: noContent, ...problemResponses(404) },
      },
    },
    async (request, reply) => {
      if (!practice.transcripts.remove(request.params.id)) throw notFound('interview');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/practice/interviews/:id/turns',
    {
      schema: {
        operationId: 'endTurn',
        tags,
        summary: 'Go on to the next question, with what was said to the follow-ups of this one',
        params,
        body: turnSchema,
        response: { 200: json('The interview', interviewRef), ...problemResponses(...bodyProblems, 404, 409) },
      },
    },
    (request) => endTurn(services, request.params.id, request.body),
  );

  app.post(
    '/practice/interviews/:id/end',
    {
      schema: {
        operationId: 'endInterview',
        tags,
        summary: 'End it now, with what was said to the follow-ups of this question; what was answered counts',
        params,
        body: lastTurnSchema,
        response: {
          200: json('The interview, with what it showed', interviewRef),
          ...problemResponses(...bodyProblems, 404, 409),
        },
      },
    },
    (request) => endInterview(services, request.params.id, request.body),
  );
}
