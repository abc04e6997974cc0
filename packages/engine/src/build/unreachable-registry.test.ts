import { describe, expect, test } from 'vitest';
import { unreachableRegistry } from './unreachable-registry.ts';

const script = 'npm run build';

describe('a registry that cannot be reached is told', () => {
  test.each([
    'npm error code EAI_AGAIN',
    'npm ERR! network request to https://registry.npmjs.org/pg failed, reason: connect ETIMEDOUT',
    'npm error code SELF_SIGNED_CERT_IN_CHAIN',
    'info There appears to be trouble with your network connection. Retrying...',
    'error An unexpected error occurred: "https://registry.yarnpkg.com/pg: getaddrinfo ENOTFOUND registry.yarnpkg.com".',
    '➤ YN0001: │ RequestError: getaddrinfo EAI_AGAIN registry.yarnpkg.com',
    ' WARN  GET https://registry.npmjs.org/pg error (ENOTFOUND). Will retry in 10 seconds. 2 retries left.',
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/flask/",
    'curl error 28 while downloading https://repo.packagist.org/packages.json',
    '[ERROR] Could not transfer artifact org.x:y:pom:1 from/to central (https://repo.maven.apache.org/maven2): repo.maven.apache.org: Name or service not known',
    'main.go:4:2: github.com/lib/pq@v1.10.9: Get "https://proxy.golang.org/github.com/lib/pq/@v/v1.10.9.zip": dial tcp: lookup proxy.golang.org: no such host',
    "fatal: unable to access 'https://github.com/x/y/': Could not resolve host: github.com",
  ])('by what only a package manager prints, in any command: %s', (line) => {
    expect(unreachableRegistry(['compiling', line], script)).toBe(line);
  });

  test.each([
    ['sh ./gradlew -q --no-daemon bootJar', '> repo.maven.apache.org: Name or service not known'],
    ['sh ./gradlew -q --no-daemon bootJar', '> java.net.UnknownHostException: plugins.gradle.org'],
    ['npm ci --no-audit --no-fund', 'npm error Error: getaddrinfo EAI_AGAIN binaries.example.com'],
    ['npx --yes pnpm@10 install', 'Error: getaddrinfo ENOTFOUND registry.npmjs.org'],
    ['.venv/bin/python3 -m pip install --quiet flask', 'ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED'],
  ])('by what any program prints, where the command loads: %s: %s', (command, line) => {
    expect(unreachableRegistry([line], command)).toBe(line);
  });

  test("by the trace of a build tool's wrapper", () => {
    const exception = 'Exception in thread "main" java.net.UnknownHostException: services.gradle.org';
    const trace = ['\tat java.base/sun.nio.ch.NioSocketImpl.connect', '\tat org.gradle.wrapper.Download.download'];
    expect(unreachableRegistry([exception, ...trace], 'sh ./build.sh')).toBe(exception);
    expect(unreachableRegistry([exception, '\tat com.example.Seed.main'], 'sh ./build.sh')).toBeNull();
  });
});

describe("a host that the backend's own build asks for is the backend's", () => {
  test.each([
    [script, 'Error: getaddrinfo ENOTFOUND db'],
    [script, 'Error: getaddrinfo EAI_AGAIN db.example.com'],
    [script, '    at /app/node_modules/.pnpm/pg@8/node_modules/pg/index.js ECONNREFUSED 127.0.0.1:5432'],
    ['python3 seed.py', 'psycopg.OperationalError: [Errno -2] Name or service not known'],
    ['npm ci --no-audit --no-fund', 'npm error Error: getaddrinfo ENOTFOUND db'],
    ['sh ./gradlew -q --no-daemon bootJar', 'Caused by: java.net.UnknownHostException: db'],
    ['sh ./gradlew -q --no-daemon bootJar', 'Exception in thread "main" java.net.ConnectException: Connection refused'],
    ['mvn -q -B -DskipTests package', '[ERROR] postgres: Name or service not known'],
    ['go generate ./...', 'panic: dial tcp: lookup db: no such host'],
  ])('%s: %s', (command, line) => {
    expect(unreachableRegistry([line], command)).toBeNull();
  });
});
