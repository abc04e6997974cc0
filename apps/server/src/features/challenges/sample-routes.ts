import { type Challenge, Fault } from '@assay/contract';
import { Type } from 'typebox';
import { writeSample } from '@assay/prove';
import path from 'node:path';
import { created } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, pathSchema, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { expandHome } from '../folders/folder.ts';
import { knownChallenge } from './routes.ts';

/** Which mistake a sample of a challenge holds: an easy one that is caught soon. */
const mistakes: Readonly<Record<string, string>> = { todo: 'cache-survives-delete' };

export function sampleRoutes(app: App, { home }: Services): void {
  app.post(
    '/challenges/:slug/samples',
    {
      schema: {
        operationId: 'writeSample',
        tags: ['challenges'],
        summary: 'Write a backend with one mistake into a new folder, to see how it is found',
        params: Type.Object({ slug: Type.String({ pattern: '^[a-z0-9-]{1,100}$' }) }),
        body: exactly({ folder: Type.Optional(pathSchema) }),
        response: {
          201: created(
            'It is written',
            exactly({
              folder: Type.String(),
              challenge: Type.String(),
              mistake: exactly({ title: Type.String(), story: Type.String() }),
            }),
          ),
          ...problemResponses(...bodyProblems, 404, 409),
        },
      },
    },
    async ({ params: { slug }, body }, reply) => {
      const challenge = await knownChallenge(slug);
      const folder =
        body.folder === undefined ? path.join(home.root, 'samples', `${slug}-${stamp()}`) : expandHome(body.folder);
      const mistake = write(challenge, folder);
      return reply
        .code(201)
        .header('location', `/api/folders?path=${encodeURIComponent(`${folder}/`)}`)
        .send({ folder, challenge: slug, mistake });
    },
  );
}

function write(challenge: Challenge, folder: string): { title: string; story: string } {
  const sample = writeSample(challenge, 'express', folder, mistakes[challenge.slug] ?? null);
  if (sample === null)
    throw new Fault('unknown-stack', `${challenge.title} has no sample with a mistake.`, 'Take another challenge.');
  return { title: sample.title, story: sample.story };
}

/** `20261122-141530`: sorts by time, and is easy to read out. */
function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
