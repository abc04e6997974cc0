import { describe, expect, it } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { failureOf } from './failures.ts';

describe('failureOf', () => {
  const meaning = (command: string, line: string) => {
    const folder = testFolder();
    const result = { outcome: 'failed' as const, ending: 'exit status 1', log: [line] };
    return failureOf(folder, [command], result, 60_000, folder);
  };

  it.each([
    ['mvn -q -B -DskipTests package', '[ERROR] Could not create local repository at /root/.m2/repository -> [Help 1]'],
    [
      'mvn -q -B -DskipTests package',
      '[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/LocalRepositoryNotAccessibleException',
    ],
    [
      './gradlew -q --no-daemon bootJar',
      'Exception in thread "main" java.lang.RuntimeException: Could not create parent directory for lock file /root/.gradle/wrapper/dists/gradle-8.5-bin.zip.lck',
    ],
  ])('takes a home that cannot be written to for no failure of the backend: %s: %s', (command, line) => {
    expect(() => meaning(command, line)).toThrow(
      expect.objectContaining({
        code: 'data-folder-unusable',
        message: `\`${command}\` could not keep what it loads: ${line}`,
      }),
    );
  });

  it('takes what the compiler refuses for a failure of the backend', () => {
    expect(meaning('mvn -q -B -DskipTests package', '[ERROR] Todos.java:[3,1] cannot find symbol')).toMatchObject({
      kind: 'build-failed',
      message: 'The build failed: `mvn -q -B -DskipTests package` ended with exit status 1.',
    });
  });
});
