import { describe, expect, it } from 'vitest';
import { findHint } from './hints.ts';

const hint = (...log: string[]) => findHint({ port: 8080, databasePort: 5432, log });

describe('what the log gives away', () => {
  it.each([
    ['SyntaxError: Unexpected identifier'],
    ['PHP Parse error:  syntax error, unexpected token'],
    ['  IndentationError: unexpected indent'],
  ])('%s: the source is broken', (line) => {
    expect(hint(line)?.detail).toBe('Its source has a syntax error.');
  });

  it.each([
    [`KeyError: 'JWT_SECRET'`, 'JWT_SECRET'],
    ['Error: Config validation error: "JWT_SECRET" is required', 'JWT_SECRET'],
    ['Error: JWT_SECRET environment variable is required', 'JWT_SECRET'],
    ['django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable', 'SECRET_KEY'],
    [`Could not resolve placeholder 'jwt.secret' in value "\${jwt.secret}"`, 'jwt.secret'],
    ['2026/01/01 10:00:00 API_KEY must be set', 'API_KEY'],
    ['decouple.UndefinedValueError: MAIL_FROM not found. Declare it as envvar or define a default value.', 'MAIL_FROM'],
    [`TypeError: Configuration key "DB_HOST" does not exist`, 'DB_HOST'],
    ['django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.', 'SECRET_KEY'],
    ["RuntimeError: Either 'SQLALCHEMY_DATABASE_URI' or 'SQLALCHEMY_BINDS' must be set.", 'SQLALCHEMY_DATABASE_URI'],
    [' Missing environment variables:\n    JWT_SECRET: signs tokens', 'JWT_SECRET'],
    [
      'ValidationError: 2 validation errors for Settings\nport\n  Input should be a valid integer [type=int_parsing]\n' +
        'database_hostname\n  Field required [type=missing]\n    For further information visit https://errors.pydantic.dev',
      'database_hostname',
    ],
    [
      'ValidationError: 1 validation error for AppConfig\nsecret_key\n  field required (type=value_error.missing)',
      'secret_key',
    ],
  ])('%s: a variable of its environment is not set', (line, name) => {
    expect(hint(line)?.detail).toBe(`It needs a setting from its environment: ${name}.`);
    expect(hint(line)?.fix).toContain('`env:` in assay.yaml');
  });

  it('a warning about a variable does not hide what stopped it', () => {
    expect(hint('SENTRY_DSN is not set', 'Error: connect ECONNREFUSED 127.0.0.1:6379')?.detail).toContain('6379');
  });

  it('a document that lacks a field is not the environment', () => {
    expect(hint('1 validation error for Order', 'customer', '  Field required [type=missing]')).toBeNull();
  });

  it.each([
    ['Error: connect ECONNREFUSED ::1:6379', '::1:6379'],
    ['Error: connect ECONNREFUSED 127.0.0.1:6379', '127.0.0.1:6379'],
  ])('%s: the whole address is named', (line, address) => {
    expect(hint(line)?.detail).toBe(`It tried to connect to ${address}, where nothing listens.`);
  });

  it.each([
    [`ModuleNotFoundError: No module named 'psycopg2'`, 'postgresql+asyncpg://'],
    ['PHP Fatal error:  Uncaught PDOException: could not find driver in /app/index.php:3', 'pdo_pgsql'],
    [
      'Error: request to https://binaries.prisma.sh/x failed, reason: getaddrinfo EAI_AGAIN binaries.prisma.sh',
      'npx prisma generate',
    ],
    ['node: .env: not found', '--env-file-if-exists'],
    ['2026/01/01 10:00:00 Error loading .env file', '`env:` in assay.yaml'],
  ])('%s: the fix is its own', (line, fix) => {
    expect(hint(line)?.fix).toContain(fix);
  });

  it('a missing .env does not hide the variable that stopped it', () => {
    expect(hint('Error loading .env file', 'JWT_SECRET is required')?.detail).toContain('JWT_SECRET');
  });

  it('a missing variable is told with all that its example names and it was not given', () => {
    const ungiven = { file: '.env.template', names: ['CORS_ORIGIN', 'RATE_LIMIT'] };
    const told = findHint({ port: 1, databasePort: null, log: ['CORS_ORIGIN is required'], ungiven });
    expect(told?.fix).toContain('(.env.template names, and it was not given: CORS_ORIGIN, RATE_LIMIT; ');
    expect(hint('CORS_ORIGIN is required')?.fix).toContain('(its .env.example or README tells');
  });

  it('a database without TLS was asked for it', () => {
    expect(hint('Error: The server does not support SSL connections')?.fix).toContain('sslmode=disable');
  });

  it.each([
    ['lxml.etree.XMLSchemaParseError: The value does not resolve to a type definition.'],
    ['xml.etree.ElementTree.ParseError: mismatched tag: line 3, column 2'],
    [`SyntaxError: Expected property name or '}' in JSON at position 1`],
  ])('%s: a document is, and not the source', (line) => {
    expect(hint(line)).toBeNull();
  });

  it.each([
    ['lines with a name in which the match may begin anywhere', `validation error for ${'Env'.repeat(420)}`],
    ['lines without a blank', 'a'.repeat(1280)],
  ])('a log full of %s keeps nobody busy', { timeout: 10_000 }, (_name, line) => {
    expect(hint(...Array.from({ length: 200 }, () => line))).toBeNull();
  });

  it('a program that is not there is named', () => {
    expect(hint('sh: 1: gunicorn: not found')?.detail).toBe('The program gunicorn is not there.');
    expect(hint('bash: line 1: ./run: sh: uvicorn: command not found')?.detail).toBe(
      'The program uvicorn is not there.',
    );
  });
});
