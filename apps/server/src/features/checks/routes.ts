import { Fault } from '@assay/contract';
import { listChallenges, loadChallenge, planChecks } from '@assay/prove';
import { type Static, Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { exactly, named, page, problemResponses } from '../../schemas.ts';
import { skillSchema } from '../challenges/schemas.ts';
import { handbookPage } from './handbook.ts';

const described = {
  id: Type.String({ description: 'area/name' }),
  area: Type.String(),
  name: Type.String(),
  claim: Type.String(),
  skill: skillSchema,
  severity: Type.Enum(['critical', 'high', 'medium', 'low']),
  names: exactly({
    cwe: Type.Optional(Type.String()),
    owasp: Type.Optional(Type.String()),
    wfc: Type.Optional(Type.String()),
  }),
};

export const checkSchema = exactly(described, { $id: 'Check' });
export const checkPageSchema = exactly({ ...described, markdown: Type.String() }, { $id: 'CheckPage' });

type Check = Static<typeof checkSchema>;
type CheckPage = Static<typeof checkPageSchema>;

export function checkRoutes(app: App): void {
  const checks = planChecks(null, [])
    .map(({ id, claim, skill, severity, names }): Check => {
      const [area = '', name = ''] = id.split('/');
      return { id, area, name, claim, skill, severity, names };
    })
    .sort((a, b) => a.id.localeCompare(b.id));

  app.get(
    '/checks',
    {
      schema: {
        operationId: 'listChecks',
        tags: ['checks'],
        summary: 'Every check of the catalogue, by its id',
        response: { 200: json('All of them', page(named<Check>('Check'))), ...problemResponses() },
      },
    },
    () => ({ items: [...checks], next: null }),
  );

  app.get(
    '/checks/:area/:name',
    {
      schema: {
        operationId: 'readCheck',
        tags: ['checks'],
        summary: 'A check with its page of the handbook; a scenario with what its challenge says of it',
        params: Type.Object({
          area: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
          name: Type.String({ pattern: '^[a-z0-9-]{1,100}$' }),
        }),
        response: { 200: json('The check', named<CheckPage>('CheckPage')), ...problemResponses(404) },
      },
    },
    async ({ params: { area, name } }) => {
      if (area === 'scenario') return scenarioPage(name);
      const check = checks.find(({ id }) => id === `${area}/${name}`) ?? launchCheck(area, name);
      if (check === null) throw new Fault('unknown-check', `There is no check ${area}/${name}.`);
      return { ...check, markdown: handbookPage(check.id) ?? `**${check.claim}.**\n` };
    },
  );
}

/** Those that every run makes are in no plan, and have a page. */
function launchCheck(area: string, name: string): Check | null {
  const claim = area === 'launch' ? launchClaims[name] : undefined;
  if (claim === undefined) return null;
  return { id: `${area}/${name}`, area, name, claim, skill: 'frameworks', severity: 'critical', names: {} };
}

const launchClaims: Readonly<Record<string, string>> = {
  starts: 'The backend builds, starts and answers on its port',
  'stays-up': 'The backend keeps running while it is used',
};

async function scenarioPage(name: string): Promise<CheckPage> {
  for (const slug of listChallenges()) {
    const challenge = await loadChallenge(slug);
    const scenario = challenge.scenarios.find(({ id }) => id === name);
    if (scenario === undefined) continue;
    const { claim, fix, skill, severity } = scenario;
    const markdown = `# scenario/${name}\n\n**${claim}.**\n\nThe challenge ${challenge.title} asks for it.\n\n## How to fix it\n\n${fix}\n`;
    return { id: `scenario/${name}`, area: 'scenario', name, claim, skill, severity, names: {}, markdown };
  }
  throw new Fault('unknown-check', `There is no check scenario/${name}.`);
}
