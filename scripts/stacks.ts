/**
 * Judges a small backend of every stack that is recognised by itself, laid out as its framework's own first steps have it, with one check:
 * is each built, started and given its database? It takes minutes and needs the network. What the machine lacks is skipped by name.
 * Usage: stacks.ts [NAME…]
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { removeHome } from '../apps/cli/src/e2e/leftovers.ts';

const root = path.resolve(import.meta.dirname, '..');
const sources = path.join(root, 'packages/engine/fixtures/stacks');

interface Sample {
  readonly language: string;
  readonly framework: string | null;
  readonly needs: readonly string[];
  /** It keeps nothing in a database. */
  readonly inMemory?: true;
  /** It serves its contract itself. */
  readonly servesContract?: true;
}

const python = { language: 'Python', needs: ['python3'] };
const javascript = { language: 'JavaScript', needs: ['npm'] };
const php = { language: 'PHP', needs: ['php', 'composer'] };
const java = { language: 'Java', needs: ['javac', 'mvn'] };

/** What each folder of sources should be taken for. */
const samples: Readonly<Record<string, Sample>> = {
  'assay-yaml': { language: 'unknown', framework: null, needs: ['rustc'], inMemory: true },
  django: { ...python, framework: 'Django' },
  express: { ...javascript, framework: 'Express' },
  'express-typescript': { ...javascript, language: 'TypeScript', framework: 'Express' },
  fastapi: { ...python, framework: 'FastAPI', servesContract: true },
  fastify: { ...javascript, framework: 'Fastify' },
  flask: { ...python, framework: 'Flask' },
  'flask-factory': { ...python, framework: 'Flask' },
  go: { language: 'Go', framework: null, needs: ['go'] },
  gradle: { language: 'Java', framework: null, needs: ['javac', 'gradle'] },
  hono: { ...javascript, language: 'TypeScript', framework: 'Hono' },
  koa: { ...javascript, framework: 'Koa' },
  laravel: { ...php, framework: 'Laravel' },
  litestar: { ...python, framework: 'Litestar' },
  maven: { ...java, framework: null },
  nestjs: { ...javascript, language: 'TypeScript', framework: 'NestJS' },
  node: { ...javascript, framework: null },
  php: { language: 'PHP', framework: null, needs: ['php'] },
  procfile: { ...python, framework: null },
  slim: { ...php, framework: 'Slim' },
  'spring-boot': { ...java, framework: 'Spring Boot' },
  starlette: { ...python, framework: 'Starlette' },
  symfony: { ...php, framework: 'Symfony' },
};

const asked = process.argv.slice(2);
const names = readdirSync(sources, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const unknown = [...asked.filter((name) => !names.includes(name)), ...names.filter((name) => !(name in samples))];
if (unknown.length > 0) throw new Error(`There is no such sample: ${unknown.join(', ')}.`);

const place = mkdtempSync(path.join(tmpdir(), 'assay-stacks-'));
const home = path.join(place, 'home');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
try {
  for (const [name, sample] of Object.entries(samples))
    if (!stop.signal.aborted && (asked.length === 0 || asked.includes(name)))
      process.stdout.write(`${name.padEnd(18)} ${await outcome(name, sample)}\n`);
} finally {
  removeHome(home);
  rmSync(place, { recursive: true, force: true });
}

/** Judges one sample; what came of it, in one line. */
async function outcome(name: string, sample: Sample): Promise<string> {
  const lacking = sample.needs.filter((program) => !isThere(program));
  if (lacking.length > 0) return `skipped: ${lacking.join(' and ')} not found`;
  const folder = path.join(place, name);
  cpSync(path.join(sources, name), folder, { recursive: true });
  if (sample.servesContract !== true)
    cpSync(path.join(sources, 'openapi.yaml'), path.join(folder, 'openapi.yaml'), { force: false });
  const printed = await judge(folder);
  if (!printed.startsWith('{')) return wrong('no report');
  const report: Report = JSON.parse(printed);
  if (report.verdict === 'undecided' && /could not reach the registry/.test(report.reason))
    return 'skipped: its packages cannot be had here';
  const { language, framework, runtime } = report.backend.stack;
  const line = `${framework ?? language}${runtime === null ? '' : ` on ${runtime}`}, ready after ${Math.round(report.durations.ready)} ms, ${report.verdict}`;
  const failed = report.checks.filter((check) => check.status !== 'passed');
  const mistakes = [
    ...(language === sample.language && framework === sample.framework ? [] : ['taken for another stack']),
    ...(report.verdict === 'passed' ? [] : [report.reason, ...failed.map(({ id, reason }) => `${id}: ${reason}`)]),
    // Answers to what is invalid alone satisfy the check, too.
    ...(report.traffic.statements > 0 || sample.inMemory === true ? [] : ['it did not use its database']),
  ].filter((mistake) => mistake !== '');
  return mistakes.length === 0 ? line : wrong(`${line} (${mistakes.join('; ')})`);
}

function wrong(line: string): string {
  process.exitCode = 1;
  return `WRONG: ${line}`;
}

/** The report that it prints. */
function judge(folder: string): Promise<string> {
  const words = ['check', folder, '--only', 'contract/response-status', '--format', 'json'];
  const child = spawn(path.join(root, 'apps/cli/bin/assay'), words, {
    env: { ...process.env, ASSAY_HOME: home, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  stop.signal.addEventListener('abort', () => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
