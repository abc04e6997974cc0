import { Command } from 'commander';
import { version } from './version.ts';

/** Each is read when it is needed: a command waits for no other. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  start: async () => (await import('./commands/start.ts')).startCommand(),
  init: async () => (await import('./commands/init.ts')).initCommand(),
  list: async () => (await import('./commands/list.ts')).listCommand(),
  replay: async () => (await import('./commands/replay.ts')).replayCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  history: async () => (await import('./commands/history.ts')).historyCommand(),
  practice: async () => (await import('./commands/practice.ts')).practiceCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
};

/** With the command of that name alone; with all of them when there is none of that name, as for `--help`. */
export async function createProgram(only?: string): Promise<Command> {
  const program = new Command('assay')
    .description(
      'Assay proves a backend: it builds it, starts it with a real PostgreSQL, drives it over HTTP, watches every SQL statement, and says what holds.',
    )
    .version(version)
    .showHelpAfterError('Run with --help for the options and examples.')
    .addHelpText(
      'after',
      `
Examples:
  assay check                       judge the backend in this folder
  assay start                       open the web app
  assay init todo --stack express   begin a challenge
  assay replay f-3                  see a finding again
  assay explain http/charset        what a check claims, and how to mend what it finds
  assay doctor                      what is on this machine, and what is missing`,
    )
    .exitOverride();
  const wanted = only !== undefined && Object.hasOwn(commands, only) ? [commands[only]] : Object.values(commands);
  for (const command of await Promise.all(wanted.map((create) => create?.())))
    if (command !== undefined)
      program.addCommand(command.exitOverride().showHelpAfterError('Run with --help for the options and examples.'));
  return program;
}
