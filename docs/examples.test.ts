import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fences, markdownFiles, read, root } from './read-docs.ts';

interface Example {
  readonly where: string;
  readonly code: string;
}

function examples(language: string): readonly Example[] {
  return markdownFiles('docs').flatMap((file) =>
    fences(read(file))
      .filter((fence) => fence.language === language)
      .map(({ code }) => ({ where: `${file}: ${code.split('\n')[0]}`, code })),
  );
}

/** Runs a program that reads examples as JSON and prints what is wrong, a line for each. */
function complaints(program: string, args: readonly string[], language: string): string {
  return execFileSync(program, args, { input: JSON.stringify(examples(language)), encoding: 'utf8' }).trim();
}

const missing = (program: string): boolean =>
  process.env['ASSAY_REQUIRE'] !== 'all' && spawnSync(program, ['--version']).error !== undefined;

it('shows JavaScript that can be parsed', () => {
  const AsyncFunction = (async () => undefined).constructor as new (code: string) => unknown;
  for (const { where, code } of examples('js')) expect(() => new AsyncFunction(code), where).not.toThrow();
});

it.skipIf(missing('python3'))('shows Python that can be parsed', () => {
  const program = `
import ast, json, sys
for example in json.load(sys.stdin):
    try:
        ast.parse(example["code"])
    except SyntaxError as error:
        print(example["where"], error)
`;
  expect(complaints('python3', ['-c', program], 'python')).toBe('');
});

it.skipIf(missing('php'))('shows PHP that can be parsed', () => {
  const program = `
foreach (json_decode(stream_get_contents(STDIN), true) as $example) {
    try {
        token_get_all("<?php\\n" . $example['code'], TOKEN_PARSE);
    } catch (ParseError $error) {
        echo $example['where'], ' ', $error->getMessage(), "\\n";
    }
}`;
  expect(complaints('php', ['-r', program], 'php')).toBe('');
});

it.skipIf(missing('javac'))('shows Java that can be parsed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-docs-'));
  try {
    // Members of a class, or else statements; only the parser's complaints count, since nothing they name is here.
    const program = `
import com.sun.source.util.JavacTask;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

public class Parse {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            String code = Files.readString(Path.of(file));
            String where = code.lines().findFirst().orElse("");
            List<String> asMembers = problems("class Example { " + code + "\\n}");
            List<String> asStatements = problems("class Example { Object example() throws Exception { " + code + "\\n} }");
            if (!asMembers.isEmpty() && !asStatements.isEmpty()) System.out.println(file + " " + where + " " + asMembers + asStatements);
        }
    }

    static List<String> problems(String source) throws Exception {
        var found = new DiagnosticCollector<JavaFileObject>();
        var file = new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            public CharSequence getCharContent(boolean ignore) { return source; }
        };
        ((JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, found, null, null, List.of(file))).parse();
        return found.getDiagnostics().stream().map(problem -> problem.getMessage(Locale.ROOT)).toList();
    }
}`;
    writeFileSync(path.join(folder, 'Parse.java'), program);
    const files = examples('java').map(({ code }, index) => {
      const file = path.join(folder, `${index}.txt`);
      writeFileSync(file, code);
      return file;
    });
    expect(execFileSync('java', [path.join(folder, 'Parse.java'), ...files], { encoding: 'utf8' }).trim()).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('shows TypeScript that the compiler accepts', () => {
  // Below the root, so that the packages of the workspace are found.
  const parent = path.join(root, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, 'assay-docs-'));
  try {
    for (const [index, { code }] of examples('ts').entries())
      writeFileSync(path.join(folder, `example-${index}.ts`), code);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: path.join(root, 'tsconfig.json'),
        include: ['*.ts'],
        exclude: [],
        compilerOptions: { typeRoots: [path.join(root, 'node_modules/@types')] },
      }),
    );
    const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
