/** How to get a program: one line for each kind of system. */
export interface HowToGet {
  readonly debian: string;
  readonly macos: string;
}

/** One row of what `assay doctor` looks at. */
export interface ToolchainRow {
  readonly neededFor: string;
  /** Programs by these names will do, the first that is there. */
  readonly programs: readonly string[];
  /** Asks the program for its version. */
  readonly version: readonly string[];
  /** Asks the program for something else it must be able to do; null: nothing. The lines it prints name what is missing. */
  readonly demand: readonly string[] | null;
  readonly howToGet: HowToGet;
}

const phpExtensions = ['pdo_pgsql', 'mbstring', 'xml', 'curl'];

/** Programs on the PATH that judging backends may need. Node.js, bubblewrap and PostgreSQL are looked at in their own ways. */
export const toolchains = {
  npm: {
    neededFor: 'dependencies of JavaScript and TypeScript backends',
    programs: ['npm'],
    version: ['--version'],
    demand: null,
    howToGet: { debian: 'apt-get install npm', macos: 'brew install node' },
  },
  python3: {
    neededFor: 'Python backends (Django, Flask, FastAPI)',
    programs: ['python3'],
    version: ['--version'],
    demand: [
      '-I',
      '-c',
      "import importlib.util as u\nfor name in ('venv', 'ensurepip'):\n    if u.find_spec(name) is None: print(name)",
    ],
    howToGet: { debian: 'apt-get install python3 python3-venv', macos: 'brew install python' },
  },
  php: {
    neededFor: 'PHP backends (plain, Laravel, Slim, Symfony)',
    programs: ['php'],
    version: ['--version'],
    demand: [
      '-r',
      `foreach (${JSON.stringify(phpExtensions)} as $name) if (!extension_loaded($name)) echo "$name\\n";`,
    ],
    howToGet: { debian: 'apt-get install php-cli php-pgsql php-mbstring php-xml php-curl', macos: 'brew install php' },
  },
  composer: {
    neededFor: 'dependencies of PHP backends',
    programs: ['composer'],
    version: ['--version', '--no-ansi'],
    demand: null,
    howToGet: { debian: 'apt-get install composer', macos: 'brew install composer' },
  },
  java: {
    neededFor: 'Java backends (Spring Boot and others)',
    programs: ['java'],
    version: ['-version'],
    demand: null,
    howToGet: { debian: 'apt-get install default-jdk-headless', macos: 'brew install openjdk' },
  },
  javac: {
    neededFor: 'compiling Java backends: a JDK, not a JRE',
    programs: ['javac'],
    version: ['-version'],
    demand: null,
    howToGet: { debian: 'apt-get install default-jdk-headless', macos: 'brew install openjdk' },
  },
  mvn: {
    neededFor: 'Java backends built by Maven without a wrapper',
    programs: ['mvn'],
    version: ['--version'],
    demand: null,
    howToGet: { debian: 'apt-get install maven', macos: 'brew install maven' },
  },
  gradle: {
    neededFor: 'Java backends built by Gradle without a wrapper',
    programs: ['gradle'],
    version: ['--version'],
    demand: null,
    howToGet: {
      // The package is of 4.4.1 in Debian, which runs on no Java that is still in use.
      debian:
        'commit the wrapper (gradlew, made by `gradle wrapper`) to the backend: it brings Gradle along; the one of apt-get is too old',
      macos: 'brew install gradle',
    },
  },
  go: {
    neededFor: 'Go backends',
    programs: ['go'],
    version: ['version'],
    demand: null,
    howToGet: { debian: 'apt-get install golang-go', macos: 'brew install go' },
  },
  chromium: {
    neededFor: 'tests of the HTML report',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    version: ['--version'],
    demand: null,
    howToGet: { debian: 'apt-get install chromium', macos: 'brew install --cask chromium' },
  },
} as const satisfies Readonly<Record<string, ToolchainRow>>;
