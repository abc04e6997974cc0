import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { deepContract, findSubject } from './subject.ts';

const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:d="urn:d" targetNamespace="urn:d">
<types><x:schema><x:import namespace="urn:d" schemaLocation="../xsd/types.xsd"/></x:schema></types>
<message name="in"><part name="p" element="d:ask"/></message>
<portType name="P"><operation name="ask"><input message="d:in"/></operation></portType>
<binding name="B" type="d:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="ask"><input><s:body use="literal"/></input></operation></binding>
</definitions>`;
const xsd =
  '<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:d"><x:element name="ask" type="x:int"/></x:schema>';

function backend(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-subject-'));
  for (const [name, text] of [['wsdl/service.wsdl', wsdl] as const, ['xsd/types.xsd', xsd] as const]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const none = { challenge: null, contract: null } as const;
const settings = { challenge: null, contract: 'wsdl/service.wsdl' } as const;

it('reads a contract whose parts lie in other folders of the backend', async () => {
  const { contract } = await findSubject({ folder: backend(), ...none, settings });
  expect(contract?.operations.map(({ id }) => id)).toEqual(['ask']);
});

it('reads nothing that lies outside of the backend', async () => {
  const folder = path.join(backend(), 'wsdl');
  await expect(
    findSubject({ folder, ...none, settings: { challenge: null, contract: 'service.wsdl' } }),
  ).rejects.toThrow('the imported schema ../xsd/types.xsd cannot be read: it lies outside the folder');
});

it('runs no code of a challenge that the settings of the judged backend name by a path', async () => {
  const folder = backend();
  const marker = path.join(folder, 'ran');
  const evil = path.join(folder, 'evil');
  mkdirSync(evil);
  writeFileSync(
    path.join(evil, 'challenge.yaml'),
    'title: x\nsummary: x\nlevel: 1\nskills: []\ncontract: c\nbrief: b\n',
  );
  for (const name of ['c', 'b']) writeFileSync(path.join(evil, name), '');
  writeFileSync(
    path.join(evil, 'scenarios.ts'),
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(marker)}, '');\nexport const scenarios = [];\n`,
  );
  const named = (challenge: string) => findSubject({ folder, ...none, settings: { challenge, contract: null } });
  await expect(named(evil)).rejects.toMatchObject({ code: 'unknown-challenge' });
  await expect(named('..')).rejects.toMatchObject({ code: 'unknown-challenge' });
  expect(existsSync(marker)).toBe(false);
  // The person at the command line may.
  await findSubject({ folder, contract: null, challenge: evil, settings: none }).catch(() => {});
  expect(existsSync(marker)).toBe(true);
});

it('takes for a contract that the settings name only a file of the backend', async () => {
  const folder = backend();
  const outside = path.join(mkdtempSync(path.join(tmpdir(), 'assay-subject-')), 'secret');
  writeFileSync(outside, 'root:secret');
  symlinkSync(outside, path.join(folder, 'link.yaml'));
  symlinkSync('/dev/zero', path.join(folder, 'zero.yaml'));
  execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);
  const named = (contract: string) => findSubject({ folder, ...none, settings: { challenge: null, contract } });
  for (const contract of ['link.yaml', path.relative(folder, outside), outside, 'zero.yaml'])
    await expect(named(contract)).rejects.toMatchObject({
      code: 'no-contract',
      message: expect.stringMatching(/outside of the folder/),
    });
  await expect(named('pipe.yaml')).rejects.toMatchObject({
    code: 'no-contract',
    message: expect.stringContaining('is not a file'),
  });
  // The person at the command line may name any.
  await expect(findSubject({ folder, challenge: null, contract: outside, settings: none })).rejects.toMatchObject({
    code: 'bad-contract',
  });
});

it('finds no document behind a link that leads out of the backend', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-subject-'));
  symlinkSync(path.join(backend(), 'wsdl', 'service.wsdl'), path.join(folder, 'service.wsdl'));
  expect((await findSubject({ folder, ...none, settings: none })).contract).toBeNull();
});

it('finds the one document that lies deeper than usual, which no other service has written', () => {
  const document = (title: string): string =>
    `openapi: 3.0.3\ninfo: { title: ${title}, version: '1' }\npaths: { /x: { get: { responses: { 200: { description: ok } } } } }\n`;
  const titleIn = (files: Readonly<Record<string, string>>): string | undefined => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-subject-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return deepContract(folder)?.title;
  };
  const own = { 'internal/httpapi/openapi.yml': document('Own') };
  expect(titleIn({ ...own, 'internal/clients/pay/openapi.yml': document('Other') })).toBe('Own');
  expect(titleIn({ ...own, 'internal/httpapi/openapi.json': '{"openapi": "3.0.3"' })).toBe('Own');
  expect(titleIn({ ...own, 'web/api.json': '{"openapi": "./openapi.yml"}' })).toBe('Own');
  expect(titleIn({ ...own, 'billing/swagger.yaml': document('Two') })).toBeUndefined();
  expect(titleIn({ 'app/docs/swagger.json': JSON.stringify(parse(document('Line'))) })).toBe('Line');
  const linked = mkdtempSync(path.join(tmpdir(), 'assay-subject-'));
  mkdirSync(path.join(linked, 'x'));
  writeFileSync(path.join(linked, 'y.txt'), document('Link'));
  symlinkSync('../y.txt', path.join(linked, 'x/openapi.yaml'));
  expect(deepContract(linked)).toBeNull();
  expect(titleIn({ 'tests/fixtures/openapi.yaml': document('Test') })).toBeUndefined();
  expect(titleIn({ 'a/b/c/d/e/openapi.yaml': document('Deep') })).toBeUndefined();
  expect(titleIn({ 'node_modules/x/openapi.yaml': document('Package') })).toBeUndefined();
});
