import { type Challenge as LoadedChallenge, Fault } from '@assay/contract';
import { listChallenges, listStacks, loadChallenge, readChallengeBrief, writeStarter } from '@assay/prove';
import { Type } from 'typebox';
import { created, json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, page, pathSchema, problemResponses, text } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { expandHome } from '../folders/folder.ts';
import { contractView } from './contract-view.ts';
import { noProgress, type Progress, progressOf } from './queries.ts';
import { sampleRoutes } from './sample-routes.ts';
import { type Challenge, challengeDetailRef, challengeRef } from './schemas.ts';

const tags = ['challenges'];
const params = Type.Object({ slug: Type.String({ pattern: '^[a-z0-9-]{1,100}$' }) });

export function challengeRoutes(app: App, services: Services): void {
  app.get(
    '/challenges',
    {
      schema: {
        operationId: 'listChallenges',
        tags,
        summary: 'Every challenge, the easiest first, with how far it is proven',
        response: { 200: json('All of them', page(challengeRef)), ...problemResponses() },
      },
    },
    async () => {
      const progress = await progressOf(services.db, services.home);
      const all = await Promise.all(listChallenges().map((slug) => loadChallenge(slug)));
      const items = all
        .map((challenge) => listed(challenge, progress.get(challenge.slug)))
        .sort((a, b) => a.level - b.level || a.title.localeCompare(b.title));
      return { items, next: null };
    },
  );

  app.get(
    '/challenges/:slug',
    {
      schema: {
        operationId: 'readChallenge',
        tags,
        summary: 'A challenge, with its brief and its contract',
        params,
        response: { 200: json('The challenge', challengeDetailRef), ...problemResponses(404) },
      },
    },
    async ({ params: { slug } }) => {
      const challenge = await knownChallenge(slug);
      const progress = await progressOf(services.db, services.home);
      return {
        ...listed(challenge, progress.get(slug)),
        brief: readChallengeBrief(challenge),
        contract: contractView(challenge),
        starters: listStacks(challenge, 'starters').map((stack) => ({ stack })),
        checks: challenge.scenarios.map(({ id, claim }) => ({ id: `scenario/${id}`, claim })),
      };
    },
  );

  app.post(
    '/challenges/:slug/starters',
    {
      schema: {
        operationId: 'writeStarter',
        tags,
        summary: 'Begin a challenge: write a small backend into a new or empty folder',
        params,
        body: exactly({ stack: text(50, 1), folder: pathSchema }),
        response: {
          201: created('It is written', exactly({ folder: Type.String(), files: Type.Array(Type.String()) })),
          ...problemResponses(...bodyProblems, 404, 409),
        },
      },
    },
    async ({ params: { slug }, body }, reply) => {
      const challenge = await knownChallenge(slug);
      const folder = expandHome(body.folder);
      const files = writeStarter(challenge, body.stack, folder);
      return reply
        .code(201)
        .header('location', `/api/folders?path=${encodeURIComponent(`${folder}/`)}`)
        .send({ folder, files: [...files] });
    },
  );

  sampleRoutes(app, services);
}

/** Only one that comes with Assay: an address names no folder. */
export async function knownChallenge(slug: string): Promise<LoadedChallenge> {
  if (!listChallenges().includes(slug)) throw new Fault('unknown-challenge', `There is no challenge ${slug}.`);
  return loadChallenge(slug);
}

function listed(challenge: LoadedChallenge, progress: Progress | undefined): Challenge {
  return {
    slug: challenge.slug,
    title: challenge.title,
    summary: challenge.summary,
    level: challenge.level,
    skills: [...challenge.skills],
    stacks: [...listStacks(challenge, 'starters')],
    progress: progress ?? noProgress,
  };
}
