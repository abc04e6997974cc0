import { existsSync } from 'node:fs';
import path from 'node:path';
import { faults } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../apps/cli/src/program.ts';
import { described } from '../scripts/generated-docs.ts';
import { inlineCode, markdownFiles, prose, read, root, shownCommands } from './read-docs.ts';

const files = markdownFiles().filter((file) => !file.startsWith('challenges/'));
const ids = new Set(described.map(({ id }) => id));
const areas = [...new Set([...ids].map((id) => id.split('/')[0]))];
const { commands } = await createProgram();
/** A command's options with those of its subcommands. */
const optionsOf = (name: string): readonly string[] => [
  '--help',
  '--version',
  ...commands
    .filter((command) => command.name() === name)
    .flatMap((command) => [command, ...command.commands])
    .flatMap(({ options }) => options.flatMap(({ long }) => long ?? [])),
];
const everyOption = commands.flatMap((command) => optionsOf(command.name()));

describe.each(files)('%s', (file) => {
  const text = read(file);
  const code = inlineCode(text);

  it('names checks that there are', () => {
    const mentioned = [
      ...prose(text).matchAll(
        new RegExp(`(?<![\\w/.-])(?:${areas.join('|')})/[a-z][a-z0-9-]+(?![\\w/-]|\\.(?:ts|md))`, 'g'),
      ),
    ].map(([id]) => id);
    expect(mentioned.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('names faults that there are', () => {
    const mentioned = [...prose(text).matchAll(/\bfaults?\s+((?:`[a-z-]+`(?:,\s|\sor\s|\sand\s)?)+)/g)].flatMap(
      ([, list = '']) => [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
    );
    expect(mentioned.filter((name) => !(name in faults))).toEqual([]);
  });

  it('names commands and options that there are', () => {
    const shown = [
      ...shownCommands(text)
        .filter(([first]) => first === 'npx')
        .map((words) => words.slice(2)),
      ...code
        .filter((words) => /^(npx )?assay [a-z]/.test(words))
        .map((words) => words.replace(/^npx /, '').split(/\s+/).slice(1)),
    ];
    for (const [name = '', ...words] of shown) {
      expect(
        commands.map((command) => command.name()),
        `assay ${name}`,
      ).toContain(name);
      for (const word of words.filter((one) => one.startsWith('--')))
        expect(optionsOf(name), `assay ${name} ${word}`).toContain(word);
    }
    for (const words of code.filter((one) => one.startsWith('--')))
      expect(everyOption, words).toContain(words.split(/[\s=]/)[0]);
  });

  it('names files that there are', () => {
    const mentioned = code.filter(
      (words) => /^(packages|apps|scripts|docs|challenges|bench|schemas|\.ci)\//.test(words) && !/[<*…\s{]/.test(words),
    );
    expect(mentioned.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});
