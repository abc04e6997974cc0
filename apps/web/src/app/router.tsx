import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { runQuery } from '../client/queries.ts';
import { Button } from '../design/button.tsx';
import { ErrorState, Skeleton } from '../design/states.tsx';
import { HomePage } from '../pages/home/home-page.tsx';
import { Page } from '../shell/page.tsx';
import { Shell } from '../shell/shell.tsx';
import { NoSuchPage } from './no-such-page.tsx';

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NoSuchPage,
});

/** A word of an address; `404` and `true` are read as what they look like before they come here. */
function text(value: unknown): string | undefined {
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isWord && value !== '' ? String(value) : undefined;
}

function whole<K extends string>(key: K, value: unknown): Partial<Record<K, number>> {
  const number = Number(value);
  const found: Partial<Record<K, number>> = {};
  if (value !== undefined && Number.isInteger(number) && number > 0 && number <= 120) found[key] = number;
  return found;
}

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  createRoute({
    getParentRoute: () => root,
    path: '/challenges',
    component: lazyRouteComponent(() => import('../pages/challenges/challenges-page.tsx'), 'ChallengesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/challenges/$slug',
    component: lazyRouteComponent(() => import('../pages/challenges/challenge-page.tsx'), 'ChallengePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/backends',
    validateSearch: (search): { readonly folder?: string | undefined } => ({ folder: text(search['folder']) }),
    component: lazyRouteComponent(() => import('../pages/backends/backends-page.tsx'), 'BackendsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/runs',
    validateSearch: (search): { readonly verdict?: string | undefined; readonly challenge?: string | undefined } => ({
      verdict: text(search['verdict']),
      challenge: text(search['challenge']),
    }),
    component: lazyRouteComponent(() => import('../pages/runs/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/runs/$id',
    // What it shows is on its way while the page itself is.
    loader: ({ context, params }) => void context.queries.prefetchQuery(runQuery(params.id)),
    component: lazyRouteComponent(() => import('../pages/runs/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/runs/$id/compare/$other',
    component: lazyRouteComponent(() => import('../pages/runs/compare-page.tsx'), 'ComparePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/checks',
    validateSearch: (search): { readonly q?: string | undefined; readonly area?: string | undefined } => ({
      q: text(search['q']),
      area: text(search['area']),
    }),
    component: lazyRouteComponent(() => import('../pages/checks/checks-page.tsx'), 'ChecksPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/checks/$area/$name',
    component: lazyRouteComponent(() => import('../pages/checks/check-page.tsx'), 'CheckPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice',
    validateSearch: (search): { readonly minutes?: number; readonly topic?: string } => ({
      ...whole('minutes', search['minutes']),
      ...(text(search['topic']) === undefined ? {} : { topic: String(search['topic']) }),
    }),
    component: lazyRouteComponent(() => import('../pages/practice/today-page.tsx'), 'TodayPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/attempts/$id',
    validateSearch: (search): { readonly rest?: string; readonly of?: number } => ({
      ...(text(search['rest']) === undefined ? {} : { rest: String(search['rest']) }),
      ...whole('of', search['of']),
    }),
    component: lazyRouteComponent(() => import('../pages/practice/attempt-page.tsx'), 'AttemptPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/questions',
    validateSearch: (search): { readonly topic?: string } =>
      text(search['topic']) === undefined ? {} : { topic: String(search['topic']) },
    component: lazyRouteComponent(() => import('../pages/practice/questions-page.tsx'), 'QuestionsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/mock',
    component: lazyRouteComponent(() => import('../pages/practice/mock/mock-page.tsx'), 'MockPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/mock/$id',
    component: lazyRouteComponent(() => import('../pages/practice/mock/interview-page.tsx'), 'InterviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/progress',
    component: lazyRouteComponent(() => import('../pages/practice/progress/progress-page.tsx'), 'ProgressPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/practice/settings',
    component: lazyRouteComponent(() => import('../pages/practice/settings-page.tsx'), 'PracticeSettingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/skills',
    component: lazyRouteComponent(() => import('../pages/skills/skills-page.tsx'), 'SkillsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage'),
  }),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: () => (
      <div className="page">
        <Skeleton lines={6} />
      </div>
    ),
    defaultErrorComponent: BrokenPage,
  });
}

/** A page that fell over: the rest of the app stands. */
function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="Something broke">
      <ErrorState
        title="This page fell over"
        message={error instanceof Error ? error.message : String(error)}
        fix="This is a defect in Assay. Please report it with the text above."
        actions={
          <Button icon="replay" onClick={reset}>
            Try again
          </Button>
        }
      />
    </Page>
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
