import { frameworkRule } from '../javascript/node-project.ts';

export const fastify = frameworkRule({ name: 'fastify', title: 'Fastify', package: 'fastify' });
