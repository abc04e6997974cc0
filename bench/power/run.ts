/**
 * What is found within a minute, beside Schemathesis: ten mutants of different kinds, one defect each, and nothing but their OpenAPI
 * document. Each tool first judges the reference: what it reports of that is taken off (and counted: nothing is wrong with it).
 * `--json` for machines, `--report-only`, `--seconds N` (default 60), `--mutant SLUG/STACK/ID…`, `--schemathesis PATH`; without it, it is installed into a
 * temporary folder with pip.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '@assay/contract';
import {
  buildBackend,
  detect,
  type EngineRecorder,
  isLaunchFailure,
  openEngine,
  openHome,
  readSettings,
} from '@assay/engine';
import { atLeast, atMost, NotMeasured, settle, settleWithout } from '../promises.ts';
import { schemathesisProgram } from '../schemathesis.ts';

const root = path.resolve(import.meta.dirname, '../..');
const after = (name: string): readonly string[] => {
  const at = process.argv.indexOf(name);
  if (at < 0) return [];
  const rest = process.argv.slice(at + 1);
  const end = rest.findIndex((word) => word.startsWith('--'));
  return end < 0 ? rest : rest.slice(0, end);
};
const seconds = Number(after('--seconds')[0] ?? '60');

/** One of each area of the catalogue, a race and an unhandled input: a defect each, in the stacks that start fastest. */
const usual = [
  'todo/express/types-are-coerced',
  'todo/express/id-beyond-integer',
  'todo/node/cursor-forgets-ties',
  'todo/node/notes-not-inserted',
  'todo/node/compared-without-lock',
  'todo/node/commit-not-awaited',
  'todo/express/first-quote-only',
  'todo/express/estimate-is-a-float',
  'todo/express/slot-kept-on-timeout',
  'ledger/express/statement-without-index',
];
const mutants = after('--mutant').length > 0 ? after('--mutant') : usual;

const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const silent: EngineRecorder = {
  exchangeStarted: () => undefined,
  exchangeEnded: () => undefined,
  statement: () => undefined,
  output: () => undefined,
  usage: () => undefined,
};

/** What a tool reported, as keys that stay the same from run to run. */
type Reported = ReadonlySet<string>;

function ours(folder: string, document: string): Reported {
  const run = spawnSync(
    path.join(root, 'apps/cli/bin/assay'),
    ['check', folder, '--contract', document, '--budget', String(seconds), '--seed', '1', '--format', 'json'],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ASSAY_HOME: path.join(scratch, 'home') } },
  );
  if (!run.stdout.startsWith('{')) throw new NotMeasured(`assay told no report of ${folder}:\n${run.stderr}`);
  const report = JSON.parse(run.stdout) as Report;
  if (report.traffic.exchanges === 0) throw new NotMeasured(`assay sent nothing to ${folder}:\n${run.stderr}`);
  return new Set(report.checks.filter(({ status }) => status === 'failed').map(({ id }) => id));
}

/** Schemathesis has no database and starts nothing: it is given a running backend, with everything it can do switched on. */
async function theirs(program: string, folder: string, document: string): Promise<Reported> {
  const home = openHome({ ASSAY_HOME: path.join(scratch, 'home') });
  const { signal } = new AbortController();
  const engine = await openEngine({
    home,
    sandbox: 'off',
    database: 'postgres',
    ownServer: undefined,
    now: () => performance.now(),
    recorder: silent,
    signal,
  });
  try {
    const detected = await detect(folder, readSettings(folder));
    const built = await buildBackend(detected, { home, sandbox: 'off', onOutput: () => undefined, signal });
    if (isLaunchFailure(built)) throw new Error(built.message);
    const released = await engine.use(built);
    const instance = released ?? (await engine.launch());
    if (isLaunchFailure(instance)) throw new Error(instance.message);
    const file = path.join(scratch, 'schemathesis.json');
    rmSync(file, { force: true });
    // Waits for it: the wire proxy is in this process.
    const run = await promisify(execFile)(
      program,
      `run ${document} --url http://${instance.authority} --max-time ${seconds} --mode all --continue-on-failure --report json --report-json-path ${file} --no-color`.split(
        ' ',
      ),
      { encoding: 'utf8', cwd: scratch, maxBuffer: 1 << 28 },
    ).catch((error: { readonly stdout: string; readonly stderr: string }) => error);
    if (!existsSync(file)) throw new NotMeasured(`Schemathesis told nothing:\n${run.stdout}\n${run.stderr}`);
    const told = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly failures: readonly { readonly type: string; readonly operations: readonly unknown[] }[];
    };
    return new Set(
      told.failures.flatMap(({ type, operations }) =>
        operations.map((operation) => `${type} ${JSON.stringify(operation)}`),
      ),
    );
  } finally {
    await engine.close();
  }
}

interface Found {
  readonly mutant: string;
  readonly assay: readonly string[];
  readonly schemathesis: readonly string[];
}

const beyond = (reported: Reported, known: Reported | undefined): string[] =>
  [...reported].filter((key) => known?.has(key) !== true);

try {
  const program = schemathesisProgram(after('--schemathesis')[0], scratch);
  const references = new Map<string, { readonly assay: Reported; readonly schemathesis: Reported }>();
  const found: Found[] = [];
  for (const mutant of mutants) {
    const [slug = '', stack = '', id = ''] = mutant.split('/');
    const challenge = path.join(root, 'challenges', slug);
    const document = path.join(challenge, 'openapi.yaml');
    const reference = path.join(challenge, 'backends', stack);
    const key = `${slug}/${stack}`;
    if (!references.has(key)) {
      process.stderr.write(`${key}\n`);
      references.set(key, {
        assay: ours(reference, document),
        schemathesis: await theirs(program, reference, document),
      });
    }
    process.stderr.write(`${mutant}\n`);
    const folder = path.join(scratch, 'mutants', slug, stack, id);
    cpSync(reference, folder, { recursive: true });
    execFileSync('git', ['apply', path.join(challenge, 'mutants', stack, `${id}.patch`)], { cwd: folder });
    found.push({
      mutant,
      assay: beyond(ours(folder, document), references.get(key)?.assay),
      schemathesis: beyond(await theirs(program, folder, document), references.get(key)?.schemathesis),
    });
  }
  const count = (tool: 'assay' | 'schemathesis'): number => found.filter((each) => each[tool].length > 0).length;
  const onReferences = [...references].map(([key, { assay, schemathesis: told }]) => ({
    reference: key,
    assay: [...assay],
    schemathesis: [...told],
  }));
  if (process.argv.includes('--json')) {
    process.stdout.write(
      `${JSON.stringify({ seconds, found, onReferences, assay: count('assay'), schemathesis: count('schemathesis') }, null, 2)}\n`,
    );
  } else {
    for (const each of found)
      process.stdout.write(
        `${each.mutant.padEnd(42)} Assay: ${each.assay.join(', ') || '–'} · Schemathesis: ${each.schemathesis.join(', ') || '–'}\n`,
      );
    for (const each of onReferences)
      process.stdout.write(
        `${`reference ${each.reference}`.padEnd(42)} Assay: ${each.assay.join(', ') || '–'} · Schemathesis: ${each.schemathesis.join(', ') || '–'}\n`,
      );
    process.stdout.write(
      `${count('assay')} and ${count('schemathesis')} of ${mutants.length} defects found within ${seconds} s\n`,
    );
  }
  settle([
    atLeast(
      `defects found within ${seconds} s of ${mutants.length}, beside ${count('schemathesis')} by Schemathesis`,
      count('assay'),
      Math.max(1, 3 * count('schemathesis')),
    ),
    atMost(
      'checks that failed on a reference',
      onReferences.reduce((sum, { assay }) => sum + assay.length, 0),
      0,
    ),
  ]);
} catch (error) {
  settleWithout(error);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
