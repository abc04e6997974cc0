import { describe, expect, it } from 'vitest';
import { likeness } from './reference.ts';

const stack = (language: string, framework: string | null) => ({ language, framework, runtime: null });

describe('likeness', () => {
  it('puts the same framework before the same language, and that before all others', () => {
    const express = stack('JavaScript', 'Express');
    const scores = [
      likeness(express, stack('TypeScript', 'Express')),
      likeness(express, stack('JavaScript', null)),
      likeness(express, stack('JavaScript', 'Fastify')),
      likeness(express, stack('Java', 'Express')),
    ];
    expect(scores).toEqual([4, 3, 2, 0]);
  });
});
