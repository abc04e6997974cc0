import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { practiceCommand } from './commands/practice.ts';
import { replayCommand } from './commands/replay.ts';
import { showCommand } from './commands/show.ts';
import { startCommand } from './commands/start.ts';
import { verifyCommand } from './commands/verify.ts';
import { version } from './version.ts';

const commands = [
  checkCommand,
  startCommand,
  initCommand,
  listCommand,
  replayCommand,
  showCommand,
  explainCommand,
  historyCommand,
  practiceCommand,
  doctorCommand,
  verifyCommand,
];

export function createProgram(): Command {
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
  for (const create of commands)
    program.addCommand(create().exitOverride().showHelpAfterError('Run with --help for the options and examples.'));
  return program;
}
