import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, it } from 'vitest';
import { check, testHome } from '../apps/cli/src/e2e/run-assay.ts';
import { reportSchema } from '../scripts/report-schema.ts';
import { read } from './read-docs.ts';

const home = testHome();
const folder = mkdtempSync(path.join(tmpdir(), 'assay-docs-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** The published schema lets members come that are not there yet; the test does not. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema ? { ...members, additionalProperties: false } : members;
}

const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ },
});
const validate = ajv.compile(closed(reportSchema) as object);

it('is what lies in schemas/', () => {
  expect(JSON.parse(read('schemas/report.schema.json'))).toEqual(JSON.parse(JSON.stringify(reportSchema)));
});

it('describes a real report, with findings and evidence', { timeout: 180_000 }, async () => {
  writeFileSync(
    path.join(folder, 'server.js'),
    "require('node:http').createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('hello')).listen(process.env.PORT, '127.0.0.1');\n",
  );
  writeFileSync(path.join(folder, 'assay.yaml'), 'start: node server.js\ndatabase: postgres\n');
  writeFileSync(path.join(folder, 'openapi.yaml'), contract);
  const { status, report } = await check([folder], home);
  expect(report.checks.flatMap(({ findings }) => findings).length).toBeGreaterThan(0);
  expect(status).toBe(1);
  expect(validate(report), ajv.errorsText(validate.errors, { separator: '\n' })).toBe(true);
});

it('refuses what is no report', () => {
  expect(validate({ schemaVersion: 1 })).toBe(false);
});

const contract = `
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        '200': { description: all of them, content: { application/json: { schema: { type: array, items: { type: string } } } } }
`;
