import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import {
  type ApkgFormat,
  calendarOf,
  deckNotes,
  readApkg,
  readCsv,
  takeOver,
  writeApkg,
  writeCsv,
} from '@assay/practice';
import { challengesFolder } from '@assay/prove';
import { Command, Option } from 'commander';
import { openBank } from './bank.ts';
import { openOwnProgress } from './progress-folder.ts';
import { count } from '../terminal/count.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('Write your questions with their scheduling as an Anki deck (.apkg), or your reviews as CSV')
    .argument('<file>', 'ends in .apkg or .csv')
    .addOption(
      new Option('--anki <version>', 'legacy: for Anki before 2.1.50 and other programs')
        .choices(['legacy', 'current'])
        .default('legacy'),
    )
    .action((file: string, options: { readonly anki: ApkgFormat }) => {
      const progress = openOwnProgress();
      if (file.endsWith('.csv')) written(file, writeCsv(progress.reviews()));
      else if (file.endsWith('.apkg'))
        written(
          file,
          writeApkg(deckNotes(progress, openBank().questions, challengesFolder), {
            now: Date.now(),
            format: options.anki,
            retention: progress.scheduler.retention,
          }),
        );
      else throw new Fault('bad-usage', `${file} must end in .apkg or .csv.`);
      process.stdout.write(
        `${file}: ${count(progress.cards.size, 'question')} seen, ${count(progress.count, 'review')}\n`,
      );
    });
}

function written(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path.resolve(file), content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('bad-usage', `${file} cannot be written: ${why}.`, 'Give a path in a folder that is there.', {
      cause: error,
    });
  }
}

export function importCommand(): Command {
  return new Command('import')
    .description('Take over the reviews of a deck that was exported here and practised elsewhere')
    .argument('<file>', 'an .apkg of Anki, or a .csv')
    .action((file: string) => {
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
        throw new Fault('bad-usage', `There is no file ${file}.`, 'Give the path of an .apkg or a .csv.');
      const read = file.endsWith('.csv')
        ? { reviews: readCsv(readFileSync(file, 'utf8')), notes: 0, foreign: 0 }
        : readApkg(readFileSync(file));
      const progress = openOwnProgress();
      const added = takeOver(progress, read.reviews, Date.now());
      const foreign = read.foreign === 0 ? '' : `; ${read.foreign} notes are not Assay's and were left alone`;
      process.stdout.write(`${added} reviews taken over, ${read.reviews.length - added} were known${foreign}\n`);
    });
}

export function calendarCommand(): Command {
  return new Command('calendar')
    .description('Reminders for the days on which questions come due, as an iCalendar file')
    .argument('[file]', 'where to write it; standard output when left out')
    .option('--hour <hour>', 'of the day', '8')
    .action((file: string | undefined, options: { readonly hour: string }) => {
      const hour = Number(options.hour);
      if (!Number.isInteger(hour) || hour < 0 || hour > 23)
        throw new Fault('bad-usage', `--hour takes a number from 0 to 23, not ${options.hour}.`);
      const text = calendarOf(
        [...openOwnProgress().cards.values()].map(({ due }) => due),
        Date.now(),
        hour,
      );
      if (file === undefined) process.stdout.write(text);
      else written(file, text);
    });
}

export function listCommand(): Command {
  return new Command('list')
    .description('List the questions of the bank')
    .option('--bank <folder...>', 'folders with questions of your own, besides the bank')
    .action((options: { readonly bank?: readonly string[] }) => {
      for (const { id, kind, level, title } of openBank(options.bank).questions)
        process.stdout.write(`${id}  ${kind}, level ${level}: ${title}\n`);
    });
}
