import { Fault } from '@assay/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemError, problemOfFault } from '../problems.ts';

/** Answers every error as problem details. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => send(reply, request, problemOf(error, request)));
}

export function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  if (problem.status >= 500) request.log.error({ err: problem.cause ?? problem }, problem.message);
  return reply
    .code(problem.status)
    .headers(problem.options.headers ?? {})
    .type('application/problem+json')
    .send(JSON.stringify(problem.body));
}

export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Fault) return problemOfFault(error);
  const given = (error instanceof Error ? error : new Error(String(error))) as Partial<FastifyError> & Error;
  if (given.validation !== undefined) {
    const errors = given.validation.map(
      ({ instancePath, message, params }): ProblemError => ({
        pointer: `${instancePath}${'missingProperty' in params ? `/${String(params['missingProperty'])}` : ''}`,
        message: `${message ?? 'is wrong'}${'additionalProperty' in params ? `: ${String(params['additionalProperty']).slice(0, 100)}` : ''}`,
      }),
    );
    const [first] = errors;
    return new Problem(
      'invalid-request',
      `${place(given.validationContext)}${first?.pointer ?? ''} ${first?.message ?? 'is wrong'}.`,
      { errors },
    );
  }
  const byStatus = given.statusCode === undefined ? undefined : ofStatus(given.statusCode, given.message);
  if (byStatus !== undefined) return byStatus;
  if (sqlState(error) === '53100')
    return Object.assign(
      new Problem('unavailable', 'The disk on which the database stands is full.', {
        fix: 'Make room on it; nothing that was stored is lost.',
        headers: { 'retry-after': '5' },
      }),
      { cause: error },
    );
  if (isDatabaseAway(error))
    return Object.assign(
      new Problem('unavailable', 'The database does not answer at the moment.', { headers: { 'retry-after': '1' } }),
      { cause: error },
    );
  // What PostgreSQL cannot hold is the sender's mistake.
  if (sqlState(error).startsWith('22')) return new Problem('unprocessable', 'A value cannot be stored as it was sent.');
  if (sqlState(error) === '23505') return new Problem('conflict', 'There is one with this name already.');
  return Object.assign(new Problem('internal', `${request.method} ${request.routeOptions.url ?? ''} failed.`), {
    cause: error,
  });
}

function place(context: string | undefined): string {
  return context === 'body'
    ? 'The body'
    : context === 'querystring'
      ? 'The query'
      : context === 'params'
        ? 'The path'
        : 'The request';
}

function ofStatus(status: number, message: string): Problem | undefined {
  switch (status) {
    case 400:
      return new Problem('malformed-request', message.endsWith('.') ? message : `${message}.`);
    case 404:
      return new Problem('not-found', 'There is nothing at this address.');
    case 406:
      return new Problem('not-acceptable', 'It can be sent as JSON only.');
    case 413:
      return new Problem('too-large', 'The body is larger than one megabyte.');
    case 415:
      return new Problem('unsupported-media-type', 'The body must be JSON, with Content-Type: application/json.');
    default:
      return status >= 400 && status < 500 ? new Problem('malformed-request', `${message}.`) : undefined;
  }
}

function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The connection was refused, broken or not given in time; or PostgreSQL starts, stops or has no room. */
export function isDatabaseAway(error: unknown): boolean {
  const code = sqlState(error);
  if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) || /^(08|53|57P)/.test(code) || code === '57014')
    return true;
  // Its socket is not there; any other file is nothing of the database's.
  if (code === 'ENOENT') return error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  const message = error instanceof Error ? error.message : '';
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/.test(
    message,
  );
}
