import { plainNodeProposal } from '../javascript/node-project.ts';
import type { StackRule } from '../stack-rule.ts';

export const node: StackRule = { name: 'node', ecosystem: 'javascript', recognise: plainNodeProposal };
