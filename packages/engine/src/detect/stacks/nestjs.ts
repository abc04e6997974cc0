import { frameworkRule } from '../javascript/node-project.ts';

export const nestjs = frameworkRule({ name: 'nestjs', title: 'NestJS', package: '@nestjs/core' });
