import { handbookPage } from '../handbook.ts';

/** What SARIF calls a message for people: viewers show the Markdown where they can, and else the text. */
export interface Help {
  readonly text: string;
  readonly markdown?: string;
}

/** The page of a check as it is embedded in a rule. There is no address of it to name: the page comes with Assay. */
export function helpOf(check: string): Help {
  const command = `\`assay explain ${check}\``;
  const page = handbookPage(check);
  if (page === null) return { text: `${command} says what it asks for, and how to mend what it finds.` };
  const markdown = embeddable(page);
  const told = ['Why it matters', 'How to fix it'].map((title) => `${title}\n\n${sectionOf(markdown, title)}`);
  return {
    text: [...told, `${command} also says how it is probed, with examples.`].join('\n\n'),
    markdown,
  };
}

/** Without what is said to whoever writes the page, and with the words alone of links that lead to other files of Assay. */
function embeddable(page: string): string {
  return page
    .replaceAll(/<!--.*?-->\n*/gs, '')
    .replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .trim();
}

function sectionOf(markdown: string, title: string): string {
  const [, after = ''] = markdown.split(`\n## ${title}\n`);
  return (after.split('\n## ')[0] ?? '').trim();
}
