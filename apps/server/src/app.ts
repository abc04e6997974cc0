import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { backendRoutes } from './features/backends/routes.ts';
import { challengeRoutes } from './features/challenges/routes.ts';
import { checkRoutes } from './features/checks/routes.ts';
import { dataRoutes } from './features/data/routes.ts';
import { calendarRoute } from './features/practice/calendar.ts';
import { practiceRoutes } from './features/practice/routes.ts';
import { folderRoutes } from './features/folders/routes.ts';
import { healthRoutes } from './features/health/routes.ts';
import { replayRoutes } from './features/replays/routes.ts';
import { runEventRoutes } from './features/runs/event-routes.ts';
import { runRecordRoutes } from './features/runs/record-routes.ts';
import { runRoutes } from './features/runs/routes.ts';
import { enterRoute } from './features/sessions/enter.ts';
import { sessionRoutes } from './features/sessions/routes.ts';
import { settingRoutes } from './features/settings/routes.ts';
import { skillRoutes } from './features/skills/routes.ts';
import { toolchainRoutes } from './features/toolchains/routes.ts';
import { describe } from './plugins/document.ts';
import { refuseBrokenRequest } from './plugins/broken-request.ts';
import { answerErrors, problemOf, send } from './plugins/errors.ts';
import { tellMethods } from './plugins/methods.ts';
import { servePages } from './plugins/pages.ts';
import { guard } from './plugins/security.ts';
import { readJson, validate } from './plugins/validation.ts';
import { namedSchemas } from './named-schemas.ts';
import type { Services } from './services.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

const features = [
  challengeRoutes,
  checkRoutes,
  folderRoutes,
  backendRoutes,
  runRoutes,
  runEventRoutes,
  runRecordRoutes,
  replayRoutes,
  practiceRoutes,
  skillRoutes,
  toolchainRoutes,
  settingRoutes,
  dataRoutes,
  sessionRoutes,
];

/** The whole server, not listening yet. */
export async function buildApp(services: Services, log: false | { readonly level: string } = false): Promise<App> {
  const app = Fastify({
    logger: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    // A client that sends its request a byte at a time does not keep a connection for ever.
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      send(reply, request, problemOf(error, request));
    },
    clientErrorHandler: refuseBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  readJson(app);
  validate(app);
  answerErrors(app);
  guard(app, services.token);
  measure(app, services);
  const fallback = await servePages(app, services.configuration.pages);
  tellMethods(app, fallback);
  await describe(app, services.configuration.version);
  for (const schema of namedSchemas) app.addSchema(schema);
  healthRoutes(app, services);
  enterRoute(app, services);
  calendarRoute(app, services);
  await app.register(
    (api: App) => {
      for (const feature of features) feature(api, services);
      return Promise.resolve();
    },
    { prefix: '/api' },
  );
  return app;
}

function measure(app: App, services: Services): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    services.metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
