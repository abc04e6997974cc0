import { Command } from 'commander';
import { calendarCommand, exportCommand, importCommand, listCommand } from '../practice/exchange-commands.ts';
import { lintCommand } from '../practice/lint-command.ts';
import { mockCommand } from '../practice/mock-command.ts';
import { progressCommand } from '../practice/progress-command.ts';
import { todayCommand } from '../practice/session-command.ts';

const commands = [
  todayCommand,
  mockCommand,
  progressCommand,
  listCommand,
  lintCommand,
  exportCommand,
  importCommand,
  calendarCommand,
];

export function practiceCommand(): Command {
  const practice = new Command('practice')
    .description("Practise for interviews: today's session, a mock interview, your progress")
    .addHelpText(
      'after',
      `
Examples:
  assay practice                    today's session: five questions
  assay practice --topic databases  about one area, topic or kind
  assay practice mock --role java   an interview of half an hour
  assay practice progress           what comes due, and how ready you are`,
    );
  for (const create of commands)
    practice.addCommand(create().exitOverride().showHelpAfterError('Run with --help for the options and examples.'), {
      isDefault: create === todayCommand,
    });
  return practice;
}
