import { Fault } from '@assay/contract';
import type { FolderView } from './folder-view.ts';
import { manifestAlone } from './manifest-alone.ts';
import { nearMisses } from './near-misses.ts';
import { ecosystems, type Ecosystem, type Proposal } from './stack-rule.ts';
import { stackRules } from './stacks/registry.ts';

/** Programs by which a start command gives its language away. */
const programs: Readonly<Record<Ecosystem, RegExp>> = {
  javascript: /\b(node|npm|npx|pnpm|yarn|tsx|ts-node|bun)\b/,
  python: /\b(python3?|gunicorn|uvicorn|flask|django|daphne|hypercorn|waitress-serve|manage\.py)\b/,
  php: /\bphp\b/,
  java: /\b(java|mvn|mvnw|gradle|gradlew)\b/,
  go: /\bgo run\b/,
};

/** What each ecosystem's first matching rule makes of the folder. */
export function proposals(view: FolderView): readonly Proposal[] {
  return ecosystems.flatMap((ecosystem) => {
    for (const rule of stackRules) {
      const proposal = rule.ecosystem === ecosystem ? rule.recognise(view) : null;
      if (proposal !== null) return [proposal];
    }
    return [];
  });
}

/**
 * The one stack of the folder. Tooling beside a backend of another stack does not count; a start command that somebody wrote settles
 * what is left, and makes a backend of what is only a list of dependencies. Null when nothing is recognised but a start command is given.
 */
export function chooseStack(view: FolderView, startGiven: string | null): Proposal | null {
  const all = proposals(view);
  const strong = all.filter((proposal) => proposal.weak !== true);
  const candidates = strong.length > 0 ? strong : all;
  const [first, second] = candidates;
  if (startGiven !== null) {
    const named = ecosystems.filter((ecosystem) => programs[ecosystem].test(startGiven));
    const recognised = [...candidates, ...all].find(({ ecosystem }) => named.includes(ecosystem));
    if (recognised !== undefined) return recognised;
    // Reading one may throw, so only what is needed is read.
    for (const ecosystem of named) {
      const listed = manifestAlone(view, ecosystem);
      if (listed !== null) return listed;
    }
    return candidates.length === 1 ? (first ?? null) : null;
  }
  if (first === undefined) throw notABackend(view);
  if (second === undefined) return first;
  const list = candidates.map(({ framework, language, evidence }) => `${framework ?? language} in ${evidence}`);
  throw new Fault(
    'ambiguous-stack',
    `${view.root} could be started as more than one backend: ${list.join('; ')}.`,
    'Say which with `start:` (and `build:`) in assay.yaml, or give the folder of one of them.',
  );
}

function notABackend(view: FolderView): Fault {
  const looked =
    'package.json with a server framework or a start script, manage.py, requirements.txt/pyproject.toml/Pipfile with Flask, FastAPI, Litestar or Starlette, composer.json or index.php, pom.xml, build.gradle, go.mod, Procfile, assay.yaml';
  const hints = nearMisses(view);
  return new Fault(
    'not-a-backend',
    [`No backend was recognised in ${view.root}.`, ...hints, `Looked for: ${looked}.`].join(' '),
    hints.some((hint) => hint.includes('give that folder')) ? 'Give the folder of the backend itself.' : undefined,
  );
}
