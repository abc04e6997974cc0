import { expect, test } from 'vitest';
import { backendEnvironment } from './environment.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

test('a JVM runs as it would anywhere only where its speed is measured', () => {
  const { built, remove } = temporaryBackend({}, { stack: { language: 'Java', framework: null, runtime: null } });
  const options = (measured: boolean) =>
    backendEnvironment({
      built,
      listen: { host: '127.0.0.1', port: 1 },
      database: null,
      home: '/home',
      temporary: '/tmp',
      memoryBytes: 1024,
      markers: {},
      measured,
    })['JDK_JAVA_OPTIONS'];
  expect(options(true)).toBe('-XX:MaxRAM=1024');
  expect(options(false)).toBe('-XX:MaxRAM=1024 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC');
  remove();
});
