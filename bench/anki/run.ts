/**
 * Whether Anki itself understands a deck of `assay practice export`, and `assay practice import` a deck of Anki's: its own library, from PyPI, reads the legacy and the current format into an empty
 * collection; fields, tags, due days, intervals, memory states and the review log are compared one by one. Then it answers cards, exports both formats, and each is taken over again.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadBank, openProgress, type PracticeReview, type Progress } from '../../packages/practice/src/index.ts';
import { dayMs, type Rating } from '../../packages/recall/src/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-anki-'));
let wrong = 0;

interface AnkiCard {
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly deck: string;
  readonly type: number;
  readonly dueInDays: number | null;
  readonly interval: number;
  readonly reps: number;
  readonly lapses: number;
  readonly stability: number | null;
  readonly difficulty: number | null;
  readonly desired: number | null;
  readonly reviews: readonly { readonly at: number; readonly rating: number; readonly seconds: number }[];
}
interface AnkiSays {
  readonly notes: number;
  readonly new: number;
  readonly intact: boolean;
  readonly cards: readonly AnkiCard[];
  readonly answered: readonly { readonly id: string; readonly rating: number }[];
}

function same(what: string, got: unknown, want: unknown): void {
  if (JSON.stringify(got) === JSON.stringify(want)) return;
  wrong += 1;
  if (wrong <= 20) process.stdout.write(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}\n`);
}

function assay(home: string, ...given: readonly string[]): string {
  const env = { ...process.env, ASSAY_HOME: home };
  return execFileSync(path.join(root, 'scripts/with-node'), ['apps/cli/src/main.ts', 'practice', ...given], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}

function progressOf(home: string): Progress {
  return openProgress(path.join(home, 'practice'));
}

/** Half a year of reviews of every second question. */
function practise(home: string): Progress {
  const { questions } = loadBank([path.join(root, 'questions')]);
  const now = Date.now();
  const reviews = questions.flatMap(({ id, kind }, index): PracticeReview[] => {
    if (index % 2 === 0 || kind === 'evidence') return [];
    return Array.from({ length: 1 + (index % 5) }, (_, at) => {
      const rating = ([3, 1, 3, 4, 2] as const)[(index + at * 3) % 5] satisfies Rating | undefined;
      return {
        id,
        at: Math.floor(now - (200 - index / 8 - at * 29) * dayMs) + index,
        rating: rating ?? 3,
        passed: rating !== 1,
        score: rating === 1 ? 0 : 1,
        seconds: 5 + (index % 50),
        hints: 0,
        seed: index,
        proposed: false,
      };
    });
  });
  const progress = progressOf(home);
  progress.add(reviews.toSorted((a, b) => a.at - b.at));
  return progress;
}

/** Days from today, where a day begins at four in the morning. */
function dayOf(at: number): number {
  const morning = new Date(at);
  if (morning.getHours() < 4) morning.setDate(morning.getDate() - 1);
  morning.setHours(4, 0, 0, 0);
  return Math.round(morning.getTime() / dayMs);
}

function compare(says: AnkiSays, progress: Progress): void {
  const byId = Map.groupBy(progress.reviews(), ({ id }) => id);
  same('notes that came in', says.new, says.notes);
  same('integrity', says.intact, true);
  for (const card of says.cards) {
    const id = card.fields['Question'] ?? '';
    const known = progress.cards.get(id);
    same(`${id}: deck`, card.deck, 'Assay');
    same(`${id}: names of the fields`, Object.keys(card.fields), ['Front', 'Back', 'Question']);
    same(`${id}: sides`, (card.fields['Front'] ?? '').length > 20 && (card.fields['Back'] ?? '').length > 20, true);
    same(`${id}: tags`, card.tags.includes('assay') && card.tags.includes(id.split('/')[0] ?? ''), true);
    const reviews = (byId.get(id) ?? []).map(({ at, rating, seconds }) => ({ at, rating, seconds }));
    same(`${id}: reviews`, card.reviews, reviews);
    same(`${id}: kind`, card.type, known === undefined ? 0 : 2);
    if (known === undefined) continue;
    const rounded = (value: number | null | undefined): string => (value ?? 0).toFixed(2);
    same(`${id}: due`, card.dueInDays, dayOf(known.due) - dayOf(Date.now()));
    same(`${id}: interval`, card.interval, Math.max(1, Math.round((known.due - known.last) / dayMs)));
    same(`${id}: repetitions and lapses`, [card.reps, card.lapses], [known.reps, known.lapses]);
    same(`${id}: stability`, rounded(card.stability), rounded(known.stability));
    same(`${id}: difficulty`, rounded(card.difficulty), rounded(known.difficulty));
    same(`${id}: desired retention`, rounded(card.desired), rounded(progress.scheduler.retention));
  }
}

try {
  const venv = path.join(scratch, 'venv');
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
  execFileSync(path.join(venv, 'bin/pip'), ['install', '--quiet', 'anki==26.9.3'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const home = path.join(scratch, 'home');
  assay(home, 'export', path.join(scratch, 'nothing-yet.csv'));
  const progress = practise(home);
  for (const format of ['legacy', 'current']) {
    const deck = path.join(scratch, `${format}.apkg`);
    assay(home, 'export', deck, '--anki', format);
    const back = { legacy: path.join(scratch, 'back-legacy.apkg'), current: path.join(scratch, 'back-current.apkg') };
    const program = [path.join(import.meta.dirname, 'read.py'), deck, back.legacy, back.current];
    const says = JSON.parse(execFileSync(path.join(venv, 'bin/python'), program, { encoding: 'utf8' })) as AnkiSays;
    compare(says, progress);
    process.stdout.write(
      `${format}: Anki took over ${says.new} of ${says.notes} notes, ${says.cards.reduce((sum, card) => sum + card.reviews.length, 0)} of ${progress.count} reviews\n`,
    );
    for (const [name, file] of Object.entries(back)) {
      const other = path.join(scratch, `home-${format}-${name}`);
      const said = assay(other, 'import', file).trim();
      const taken = progressOf(other).reviews();
      same(`${name} deck of Anki: reviews`, taken.length, progress.count + says.answered.length);
      same(`${name} deck of Anki: answered`, says.answered.length, 3);
      const latest = taken.slice(progress.count).map(({ id, rating }) => ({ id, rating }));
      same(`${name} deck of Anki: the cards that were answered there`, latest, says.answered);
      same(`${name} deck of Anki: taken over twice`, assay(other, 'import', file).startsWith('0 reviews'), true);
      process.stdout.write(`  back in the ${name} format: ${said}\n`);
    }
  }
  process.stdout.write(wrong === 0 ? 'nothing differs\n' : `${wrong} differences\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
