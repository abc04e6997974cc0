import { readContract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from './cases.ts';
import { exampleCase } from './example-case.ts';
