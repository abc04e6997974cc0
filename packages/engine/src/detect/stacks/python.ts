import { mainScript, migrationCommand, pythonProposal, readRequirements } from '../python/python-project.ts';
import type { StackRule } from '../stack-rule.ts';

const frameworks: Readonly<Record<string, string>> = {
  starlette: 'Starlette',
  sanic: 'Sanic',
  aiohttp: 'aiohttp',
  tornado: 'Tornado',
  falcon: 'Falcon',
  bottle: 'Bottle',
  quart: 'Quart',
  litestar: 'Litestar',
};

/** Python without one of the frameworks that have a rule of their own: the script that starts its own server. */
export const python: StackRule = {
  name: 'python',
  ecosystem: 'python',
  recognise(view) {
    const requirements = readRequirements(view);
    const script = mainScript(view);
    const named = Object.keys(frameworks).find((name) => requirements?.names.has(name) === true);
    if (script === null && named === undefined) return null;
    const serves = script !== null && /http\.server|socketserver|wsgiref|\bserve/.test(view.text(script) ?? '');
    return {
      ...pythonProposal(requirements, {
        framework: named === undefined ? null : (frameworks[named] ?? null),
        evidence: named === undefined ? `${script ?? ''} (server)` : `${requirements?.file ?? ''} (${named})`,
        start:
          script === null
            ? { missing: 'no server.py, app.py or main.py with a `__main__` part was found' }
            : { command: `python3 ${script}` },
        release: migrationCommand(view, requirements, null),
      }),
      weak: named === undefined && !serves,
    };
  },
};
