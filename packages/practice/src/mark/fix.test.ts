import { expect, test } from 'vitest';
import type { Language } from '../question/predict.ts';
import { readQuestion } from '../bank/load.ts';
import { canRun } from '../run/program.ts';
import { openQuestion, type OpenQuestion } from './open.ts';
import { Workbench } from './workbench.ts';

const nothing = (): never => {
  throw new Error('Nothing of the machine is needed here.');
};
const bench = new Workbench({ database: nothing, judgeBackend: nothing, lastRun: () => null, challenges: null });

async function opened(run: Language, tests: string, key: string): Promise<OpenQuestion> {
  const fix = JSON.stringify({ run, code: key, tests, key });
  const question = readQuestion(
    '/questions/algorithms/own.yaml',
    `{ title: t, kind: fix, topic: own, level: 1, skill: interview, source: { topic: s }, prompt: p, looksFor: l, keyPoints: [a, b], followUps: [f], modelAnswer: m, fix: ${fix}, wrongAnswers: [{ answer: "1", why: w }] }`,
  );
  if ('problems' in question) throw new Error(question.problems.join('\n'));
  return openQuestion(question, 1, bench);
}

const word = 'passed-[\\w-]+';
const of: readonly (readonly [Language, string, string, string, string, string])[] = [
  [
    'node',
    `import { one } from './answer.mjs';\nif (one() !== 1) throw new Error('not 1');`,
    'export const one = () => 1;',
    'export const one = () => 2;',
    'process.exit(0); export const one = 1;',
    `import { readdirSync, readFileSync } from 'node:fs';
for (const name of readdirSync('.')) console.log(/${word}/.exec(readFileSync(name, 'utf8'))?.[0]);
process.exit(0);
export const one = 1;`,
  ],
  [
    'python',
    `from answer import one\nassert one() == 1, 'not 1'`,
    'def one(): return 1',
    'def one(): return 2',
    'import os\nos._exit(0)',
    `import os, re
for name in os.listdir('.'): print(*re.findall(r'${word}', open(name).read()), flush=True)
os._exit(0)`,
  ],
  [
    'php',
    `<?php\n$want = 1;\nfunction want() { global $want; return $want; }\nrequire 'answer.php';\nif (one() !== want()) { fwrite(STDERR, 'not 1'); exit(1); }`,
    '<?php function one() { return 1; }',
    '<?php function one() { return 2; }',
    '<?php exit(0);',
    `<?php foreach (glob('*') as $name) { preg_match('/${word}/', file_get_contents($name), $found); echo $found[0] ?? ''; } exit(0);`,
  ],
  [
    'java',
    `public class Tests { public static void main(String[] given) { if (Answer.one() != 1) throw new AssertionError("not 1"); } }`,
    'class Answer { static int one() { return 1; } }',
    'class Answer { static int one() { return 2; } }',
    'class Answer { static int one() { System.exit(0); return 1; } }',
    `class Answer { static int one() { try (var all = java.nio.file.Files.list(java.nio.file.Path.of("."))) {
      for (var each : all.toList()) java.util.regex.Pattern.compile("${word.replaceAll('\\', '\\\\')}").matcher(java.nio.file.Files.readString(each)).results().forEach(found -> System.out.println(found.group()));
    } catch (java.io.IOException e) {} System.exit(0); return 1; } }`,
  ],
];

for (const [language, tests, right, wrong, quiet, looks] of of)
  test.skipIf(!canRun(language))(
    `${language}: what ends early does not pass, whatever it found in the files`,
    async () => {
      const question = await opened(language, tests, right);
      expect(await question.mark(right)).toEqual(expect.objectContaining({ passed: true }));
      expect((await question.mark(wrong)).said).toContain('not 1');
      for (const answer of [quiet, looks]) expect(await question.mark(answer)).toMatchObject({ passed: false });
    },
  );
