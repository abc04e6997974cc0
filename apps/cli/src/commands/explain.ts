import path from 'node:path';
import { Fault } from '@assay/contract';
import { listChallenges, loadChallenge, nearest } from '@assay/prove';
import { Command } from 'commander';
import { explainedChecks, handbookPage } from '../handbook.ts';
import { markdownText } from '../terminal/markdown.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description('Explain a check: what it claims, how it is probed, and how to mend what it finds')
    .argument('<check>', 'its id, as in a finding (see `assay list --checks`)')
    .addHelpText('after', '\nExamples:\n  assay explain security/sql-injection\n  assay explain data/round-trip | less')
    .action(async (id: string) => {
      const out = process.stdout;
      if (id.startsWith('scenario/')) {
        out.write(markdownText(await scenarioPage(id), out));
        return;
      }
      const page = handbookPage(id);
      if (page === null) throw new Fault('unknown-check', `There is no check ${id}.${nearest(id, explainedChecks())}`);
      out.write(markdownText(page, out));
    });
}

/** A scenario belongs to its challenge; what there is to say of it stands there. */
async function scenarioPage(id: string): Promise<string> {
  const all: string[] = [];
  for (const slug of listChallenges()) {
    const challenge = await loadChallenge(slug);
    for (const scenario of challenge.scenarios) {
      all.push(`scenario/${scenario.id}`);
      if (`scenario/${scenario.id}` !== id) continue;
      const brief = path.join(challenge.folder, challenge.brief);
      return `# ${id}\n\n**${scenario.claim}.**\n\nThe challenge ${slug} asks for it; read ${brief}.\n\n## How to fix it\n\n${scenario.fix}\n`;
    }
  }
  throw new Fault('unknown-check', `There is no check ${id}.${nearest(id, all)}`);
}
