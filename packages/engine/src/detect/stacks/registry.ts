import type { StackRule } from '../stack-rule.ts';
import { django } from './django.ts';
import { express } from './express.ts';
import { fastapi } from './fastapi.ts';
import { litestar } from './litestar.ts';
import { starlette } from './starlette.ts';
import { fastify } from './fastify.ts';
import { flask } from './flask.ts';
import { go } from './go.ts';
import { gradle } from './gradle.ts';
import { hono } from './hono.ts';
import { koa } from './koa.ts';
import { laravel } from './laravel.ts';
import { maven } from './maven.ts';
import { nestjs } from './nestjs.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { slim } from './slim.ts';
import { symfony } from './symfony.ts';

/** Every stack that is recognised; within an ecosystem the narrower rule stands before the wider. */
export const stackRules: readonly StackRule[] = [
  nestjs,
  fastify,
  hono,
  koa,
  express,
  node,
  django,
  fastapi,
  litestar,
  starlette,
  flask,
  python,
  laravel,
  symfony,
  slim,
  php,
  maven,
  gradle,
  go,
];
