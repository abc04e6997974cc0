import type { Language } from '../question/predict.ts';
import type { ProgramRun } from '../run/program.ts';

/**
 * An answer, its tests, and what runs them and then prints the word on its standard input. The word stands in no file and is read before the answer is loaded. That holds off what ends the process early, not
 * an answer that goes through the frames of its own process or makes the assertions agree: no wall inside of a process would, and it deceives nobody but who gives it.
 */
export function filesOf(language: Language, answer: string, test: string): Pick<ProgramRun, 'files' | 'main'> {
  switch (language) {
    case 'node':
      return {
        files: { 'answer.mjs': answer, 'tests.mjs': test, 'run-tests.mjs': nodeRunner },
        main: 'run-tests.mjs',
      };
    case 'python':
      return { files: { 'answer.py': answer, 'tests.py': test, 'run_tests.py': pythonRunner }, main: 'run_tests.py' };
    case 'php':
      return { files: { 'answer.php': answer, 'tests.php': test, 'run-tests.php': phpRunner }, main: 'run-tests.php' };
    case 'java':
      return { files: { 'Answer.java': answer, 'Tests.java': withWord(test) }, main: 'Tests.java' };
  }
  return language satisfies never;
}

const nodeRunner = `import { readFileSync } from 'node:fs';
const word = readFileSync(0, 'utf8');
await import('./tests.mjs');
console.log(word);
`;

const pythonRunner = `import runpy, sys

def run():
    word = sys.stdin.readline()
    runpy.run_path('tests.py', run_name='__main__')
    print(word)

run()
`;

/** The tests run where they always do, among the globals. */
const phpRunner = `<?php
$tellEnd = (static function () {
    $word = fgets(STDIN);
    return static function () use ($word) { echo $word; };
})();
require 'tests.php';
$tellEnd();
`;

/** At the end of main, which is the last method that ends before the class does. */
function withWord(test: string): string {
  return test.replace(
    /(public\s+)?static\s+void\s+main\s*\(([^)]*)\)([^{]*)\{/,
    `public static void main($2) throws Exception { String word = new java.io.BufferedReader(new java.io.InputStreamReader(System.in)).readLine(); tests(); System.out.println(word); }\n    static void tests() throws Exception {`,
  );
}
