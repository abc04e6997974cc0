import { frameworkRule } from '../javascript/node-project.ts';

export const koa = frameworkRule({ name: 'koa', title: 'Koa', package: 'koa' });
