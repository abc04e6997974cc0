import type { Exchange, Statement } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { Attribution, type Owner } from './attribution.ts';

function exchange(id: string, startedAt: number, durationMs: number): Exchange {
  return {
    id,
    check: 'c',
    instance: 'i-1',
    request: { method: 'GET', target: '/', headers: [] },
    startedAt,
    durationMs,
  };
}

function statement(id: number, startedAt: number): Statement {
  return {
    id,
    connection: 1,
    transaction: null,
    protocol: 'simple',
    text: 'SELECT 1',
    parameters: [],
    rows: 1,
    command: 'SELECT',
    startedAt,
    durationMs: 1,
  };
}

function attributed(act: (attribution: Attribution) => void): Readonly<Record<number, Owner>> {
  const owners: Record<number, Owner> = {};
  const attribution = new Attribution(({ id }, owner) => {
    owners[id] = owner;
  });
  act(attribution);
  attribution.settle();
  return owners;
}

describe('Attribution', () => {
  it('gives a statement to the one exchange that was in flight', () => {
    const owners = attributed((attribution) => {
      attribution.opened('a', 10);
      attribution.saw(statement(1, 12));
      attribution.closed('a', exchange('e-1', 10, 5));
    });
    expect(owners).toEqual({ 1: 'e-1' });
  });

  it('knows it also when the statement completes after the answer', () => {
    const owners = attributed((attribution) => {
      attribution.opened('a', 10);
      attribution.closed('a', exchange('e-1', 10, 5));
      attribution.saw(statement(1, 12));
    });
    expect(owners).toEqual({ 1: 'e-1' });
  });

  it('gives background work to nobody', () => {
    const owners = attributed((attribution) => {
      attribution.saw(statement(1, 3));
      attribution.opened('a', 10);
      attribution.closed('a', exchange('e-1', 10, 5));
      attribution.saw(statement(2, 20));
    });
    expect(owners).toEqual({ 1: null, 2: null });
  });

  it('says ambiguous where two were in flight', () => {
    const owners = attributed((attribution) => {
      attribution.opened('a', 10);
      attribution.opened('b', 11);
      attribution.saw(statement(1, 12));
      attribution.closed('a', exchange('e-1', 10, 5));
      attribution.closed('b', exchange('e-2', 11, 5));
    });
    expect(owners).toEqual({ 1: 'ambiguous' });
  });
});
