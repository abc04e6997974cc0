import { frameworkRule } from '../javascript/node-project.ts';

export const express = frameworkRule({ name: 'express', title: 'Express', package: 'express' });
