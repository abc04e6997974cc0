import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { withRunnableJar } from './runnable-jar.ts';

test.each([
  [
    'java -jar target/shop-1.jar',
    { 'target/shop-2.jar': 'larger', 'target/shop-2-sources.jar': 'larger still' },
    'shop-2.jar',
  ],
  [
    'java -jar target/*.war',
    { 'target/shop.war': 'x', 'target/shop.war.original': 'xx', 'target/a.jar': 'xxx' },
    'shop.war',
  ],
  ['java -jar target/shop.war', { 'target/shop.war': 'x' }, 'shop.war'],
])('%s starts what the build made', (start, files, name) => {
  expect(withRunnableJar(start, testFolder(files))).toBe(`java -jar target/${name}`);
});

test('nothing can be started where the build made another kind', () => {
  expect(withRunnableJar('java -jar target/shop.war', testFolder({ 'target/shop.jar': '' }))).toBeNull();
});
