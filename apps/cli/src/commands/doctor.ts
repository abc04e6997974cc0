import { inspectToolchains } from '@assay/prove';
import { Command } from 'commander';
import { paint } from '../terminal/paint.ts';
import { jsonText } from '../terminal/visible.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Show what is on this machine, what is missing, and how to get it')
    .option('--json', 'for a machine')
    .action(async (options: { readonly json?: boolean }) => {
      const tools = await inspectToolchains();
      if (options.json === true) {
        process.stdout.write(`${jsonText(tools, 2)}\n`);
        return;
      }
      const out = process.stdout;
      const system = process.platform === 'darwin' ? 'macos' : 'debian';
      for (const tool of tools) {
        const mark = tool.present ? paint(out, 'green', '✔') : paint(out, 'yellow', '–');
        const says = [tool.neededFor, ...(tool.path === null ? [] : [tool.path])].join(' · ');
        out.write(`${mark} ${paint(out, 'bold', tool.id)} ${tool.version ?? ''} ${paint(out, 'dim', says)}\n`);
        if (tool.problem !== null) out.write(`    ${tool.problem}\n`);
        if (!tool.present) out.write(`    get it: ${tool.howToGet[system]}\n`);
      }
    });
}
