import { expect, test } from 'vitest';
import { readContract } from '../openapi/read-contract.ts';
import { dotNet } from './wsdl-for-tests.ts';

const at = (address: string) => {
  const text = dotNet.replaceAll('http://localhost:1234/Books.asmx', address);
  const { operations, problems } = readContract({ path: 'service.wsdl', text });
  return [operations[0]?.path, problems.some(({ message }) => message.includes('is no URL'))];
};

test.each([
  ['http://localhost:8080/ws?v=1#top', '/ws?v=1'],
  ['http://HOST:PORT/ws', '/ws'],
  ['http://localhost:${port}/ws', '/ws'],
  ['https://backend', '/'],
  ['/ws', '/ws'],
])('the path of %s is taken, whatever its host', (address, path) => {
  expect(at(address)).toEqual([path, false]);
});

test.each(['REPLACE_WITH_ACTUAL_URL', '${server}/ws', 'www.example.com/ws'])(
  '%s is no address, which is told',
  (address) => {
    expect(at(address)).toEqual(['/', true]);
  },
);

test('a header that is asked for is told', () => {
  const header = '<soap:header message="tns:GetBookSoapIn" part="Auth" use="literal"/>';
  const text = dotNet.replaceAll(/(<wsdl:input><soap:body use="literal"\/>)/g, `$1${header}`);
  const { operations, problems } = readContract({ path: 'service.wsdl', text });
  expect(operations.map(({ soap }) => soap?.headers)).toEqual(operations.map(() => ['Auth']));
  expect(problems.map(({ message }) => message).filter((message) => message.includes('Auth'))).toHaveLength(1);
  expect(problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('AddBook and 2 more ask for the header Auth'),
  );
});
