import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { FallbackPage } from './methods.ts';

/** Serves the built application; null when it was not built. */
export async function servePages(app: FastifyInstance, folder: string): Promise<FallbackPage | null> {
  if (!existsSync(path.join(folder, 'index.html'))) return null;
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: 'index.html',
    cacheControl: false,
    setHeaders: (reply, file) => {
      // Names of assets carry a hash of what they hold.
      const lasting = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
    globIgnore: ['report.html'],
  });
  return (reply) => Promise.resolve(reply.sendFile('index.html'));
}
