export { checkLinearizable } from './linearizability/check.ts';
