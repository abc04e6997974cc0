import { frameworkRule } from '../javascript/node-project.ts';

export const hono = frameworkRule({ name: 'hono', title: 'Hono', package: 'hono' });
