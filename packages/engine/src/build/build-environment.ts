import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { DetectedBackend } from '../backend.ts';
import { findProgram, nodeFolder } from '../detect/toolchain.ts';
import { ownerMarker } from '../home/owner.ts';
import { isWithin } from '../sandbox/paths.ts';
import { isSystemPath } from '../sandbox/system-view.ts';
import { rustupHome, toolchainFolders } from '../sandbox/toolchain-view.ts';

/**
 * Variables that would leak from the command that started Assay into the build: what npm sets for the scripts it runs, what test runners
 * and Node.js set for themselves, and the addresses of databases, which a build has no business with.
 */
const leaking =
  /^(npm_.*|NODE_.*|INIT_CWD|VITEST.*|TEST|VIRTUAL_ENV|PYTHON(PATH|HOME|STARTUP)|JDBC_DATABASE_URL|DATABASE_URL|PG[A-Z]+|PORT|HOST|ASSAY_.*|FORCE_COLOR)$/;
/** … except what npm is told about registries, certificates and proxies, and where it keeps its cache. */
const wanted =
  /^npm_config_(.*registry|cafile|ca|cert|key|https?_proxy|proxy|noproxy|userconfig|globalconfig|cache|strict_ssl|\/\/.*)$|^NODE_(EXTRA_CA_CERTS|AUTH_TOKEN)$/;

/**
 * What a build in a sandbox is given of the person's variables, for its code may be a stranger's: where programs and their languages stand, proxies
 * and certificates, and what package managers are told, how they show who they are to a registry included.
 */
const given = new RegExp(
  `^(${[
    'PATH|SHELL|TERM|USER|LOGNAME|TZ|LANG|LANGUAGE|LC_[A-Z]+',
    '(HTTPS?|ALL|NO|FTP)_PROXY|(https?|all|no|ftp)_proxy',
    'SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_[A-Z]+',
    '(npm_config|NPM_CONFIG|PIP|UV|POETRY|PDM|CARGO|RUSTUP|RUST|MAVEN|M2|GRADLE|JAVA|JDK|COMPOSER|PHP|DOTNET|NUGET|YARN|PNPM|COREPACK|BUN)_.*',
    'GO(ROOT|PROXY|SUMDB|PRIVATE|NOPROXY|NOSUMDB|INSECURE|FLAGS|TOOLCHAIN|VCS|AUTH|ENV|DEBUG)|CGO_.*|PHPRC',
    '(PYENV|NVM|FNM|VOLTA|ASDF|MISE|SDKMAN|JENV|PHPENV|NIX)_.*|[A-Z0-9]+_HOME',
    'NPM_TOKEN|ORG_GRADLE_PROJECT_.*|PRISMA_ENGINES_.*|(PUPPETEER|PLAYWRIGHT)_.*|CYPRESS_INSTALL_.*',
    'CPATH|C(PLUS)?_INCLUDE_PATH|CC|CXX|(C|CXX|CPP|LD|MAKE)FLAGS|PKG_CONFIG_PATH|LIBRARY_PATH|SOURCE_DATE_EPOCH',
  ].join('|')})$`,
);

/** Where caches and settings of the person's are: in a sandbox there is no such place, and a home of the build's own instead. */
const placed =
  /^(npm_config_(cache|prefix|userconfig|globalconfig|store_dir)|(PIP|UV|POETRY)_CACHE_DIR|YARN_(CACHE|GLOBAL)_FOLDER|COMPOSER_(HOME|CACHE_DIR)|GRADLE_USER_HOME|BUN_INSTALL_CACHE_DIR|PNPM_HOME)$/i;

/** Variables by which a program is made to load code before it has begun: the guard and the sandbox around a build are such programs too. */
const loading = /^(LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|NODE_OPTIONS|BASH_ENV|ENV|IFS|SHELLOPTS)$/;

function harmless(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !loading.test(name)));
}

/**
 * The environment of build commands: the person's own, without what leaks, with the backend's and what the tools need to be quiet.
 *
 * @param isolated in a sandbox, which would keep its secrets for nothing if they stood in the environment
 */
export function buildEnvironment(
  detected: DetectedBackend,
  folder: string,
  isolated: boolean,
): Readonly<Record<string, string>> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    if (value === undefined || (isolated && placed.test(name))) return false;
    return wanted.test(name) || (!leaking.test(name) && (!isolated || given.test(name)));
  });
  return {
    ...Object.fromEntries(own),
    CI: '1',
    NO_COLOR: '1',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
    COMPOSER_ALLOW_SUPERUSER: '1',
    COMPOSER_NO_INTERACTION: '1',
    ...(isJavaScript(detected) ? nodeHeaders(isolated) : {}),
    ...harmless(detected.environment),
    ...runEnvironment(detected, folder, null),
    ASSAY_BUILD: '1',
    // What a killed Assay left running, a daemon of the build's among it, is known by it.
    ...ownerMarker(),
  };
}

/**
 * What a built backend needs to find its own tools: `node_modules/.bin` and the Node.js that runs Assay in front of the PATH, or the
 * virtual environment, which may stand elsewhere.
 */
export function runEnvironment(
  detected: DetectedBackend,
  folder: string,
  virtualEnvironment: string | null,
): Readonly<Record<string, string>> {
  const path = process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  if (isJavaScript(detected)) return { PATH: [join(folder, 'node_modules', '.bin'), nodeFolder, path].join(delimiter) };
  if (detected.stack.language !== 'Python') return rustEnvironment(detected);
  const home = virtualEnvironment ?? join(folder, '.venv');
  return { PATH: [join(home, 'bin'), path].join(delimiter), VIRTUAL_ENV: home };
}

/** The headers of the Node.js that runs the build, where they stand beside it: node-gyp would fetch them from nodejs.org. */
export function nodeHeaders(isolated: boolean, node = process.execPath): Readonly<Record<string, string>> {
  const prefix = dirname(dirname(node));
  const isShown = !isolated || isSystemPath(prefix) || toolchainFolders([]).some((folder) => isWithin(prefix, folder));
  return isShown && existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
}

/** rustup looks for its compilers in the home, which in a sandbox is another. */
function rustEnvironment({ toolchain }: DetectedBackend): Readonly<Record<string, string>> {
  const program = ['cargo', 'rustc'].find((name) => toolchain.includes(name));
  if (program === undefined) return {};
  const home = rustupHome(findProgram(program) ?? program);
  return existsSync(home) ? { RUSTUP_HOME: home } : {};
}

export function isJavaScript(detected: DetectedBackend): boolean {
  return detected.stack.language === 'JavaScript' || detected.stack.language === 'TypeScript';
}
