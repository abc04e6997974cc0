import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inferShape, severities, skills } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { areas, registry } from './index.ts';
import { todo } from './kit/testing/recordings-for-tests.ts';

const source = import.meta.dirname;
/** Every `<area>/<name>` whose file exports a check. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    file.endsWith('.ts') &&
    !file.endsWith('.test.ts') &&
    /^export const check\b/m.test(readFileSync(path.join(source, file), 'utf8')),
);

describe('the registry', () => {
  it('has every check of the folders once, under the name of its file', () => {
    expect(registry.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    expect(new Set(registry.map(({ id }) => id)).size).toBe(registry.length);
  });

  describe.each(registry.map((check) => [check.id, check] as const))('%s', (id, check) => {
    const [area = '', name = ''] = id.split('/');
    const fixture = (which: string): string => path.join(source, area, 'fixtures', `${name}.${which}.json`);

    it('belongs to an area of the catalogue', () => {
      expect(areas).toContain(area);
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    });

    it('claims one thing, as a sentence without a full stop', () => {
      expect(check.claim).toMatch(/^[A-Z].*[^.!?\s]$/);
      expect(check.claim.length).toBeLessThanOrEqual(90);
    });

    it('has well-formed names, a skill and a severity', () => {
      expect(check.names.cwe ?? 'CWE-1').toMatch(/^CWE-[1-9]\d*$/);
      expect(check.names.owasp ?? 'API1:2023').toMatch(/^API([1-9]|10):2023$/);
      expect(check.names.wfc ?? 'F100').toMatch(/^F\d{3}$/);
      if (area === 'security')
        expect(check.names).toMatchObject({ cwe: expect.any(String), owasp: expect.any(String) });
      expect(skills).toContain(check.skill);
      expect(severities).toContain(check.severity);
    });

    it('is tested beside it, on evidence that passes and evidence that fails, recorded or made there', () => {
      const test = readFileSync(path.join(source, area, `${name}.test.ts`), 'utf8');
      for (const which of ['pass', 'fail']) {
        if (!existsSync(fixture(which))) {
          expect(test).toMatch(which === 'pass' ? /['"]passed['"]/ : /['"]failed['"]|findings/);
          continue;
        }
        const text = readFileSync(fixture(which), 'utf8');
        const evidence: unknown = JSON.parse(text);
        expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
        expect(text.length, 'a recording that nobody can read').toBeLessThan(12_000);
      }
    });

    it('says whether it applies, and why not', () => {
      const nothing = { ...todo, operations: [] };
      const applies = check.applies(nothing, inferShape(nothing), null);
      expect(applies).toMatchObject({ applies: false, reason: expect.stringMatching(/^[a-z].*[^.]$/) });
    });
  });
});
