// Written by `npm run generate` from the OpenAPI document of apps/server.

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fix: string;
  readonly errors?: { readonly pointer: string; readonly message: string }[];
};

export type Challenge = {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly level: number;
  readonly skills: ('languages' | 'frameworks' | 'databases' | 'apis' | 'interview' | 'collaboration')[];
  readonly stacks: string[];
  readonly progress: {
    readonly runs: number;
    readonly best: ('passed' | 'failed' | 'undecided') | null;
    readonly lastRun: string | null;
    readonly passed: number;
    readonly total: number;
  };
};

export type ChallengeDetail = {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly level: number;
  readonly skills: ('languages' | 'frameworks' | 'databases' | 'apis' | 'interview' | 'collaboration')[];
  readonly stacks: string[];
  readonly progress: {
    readonly runs: number;
    readonly best: ('passed' | 'failed' | 'undecided') | null;
    readonly lastRun: string | null;
    readonly passed: number;
    readonly total: number;
  };
  readonly brief: string;
  readonly contract: {
    readonly title: string;
    readonly kind: 'openapi' | 'wsdl';
    readonly sources: { readonly file: string; readonly text: string }[];
    readonly operations: {
      readonly id: string;
      readonly method: string;
      readonly path: string;
      readonly summary: string;
      readonly description: string;
      readonly parameters: {
        readonly name: string;
        readonly in: string;
        readonly required: boolean;
        readonly description: string;
        readonly type: string;
      }[];
      readonly request: { readonly mediaType: string; readonly example: unknown } | null;
      readonly responses: {
        readonly status: string;
        readonly description: string;
        readonly mediaType: string | null;
        readonly example: unknown;
      }[];
    }[];
  };
  readonly starters: { readonly stack: string }[];
  readonly checks: { readonly id: string; readonly claim: string }[];
};

export type Check = {
  readonly id: string;
  readonly area: string;
  readonly name: string;
  readonly claim: string;
  readonly skill: 'languages' | 'frameworks' | 'databases' | 'apis' | 'interview' | 'collaboration';
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly names: { readonly cwe?: string; readonly owasp?: string; readonly wfc?: string };
};

export type CheckPage = {
  readonly id: string;
  readonly area: string;
  readonly name: string;
  readonly claim: string;
  readonly skill: 'languages' | 'frameworks' | 'databases' | 'apis' | 'interview' | 'collaboration';
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly names: { readonly cwe?: string; readonly owasp?: string; readonly wfc?: string };
  readonly markdown: string;
};

export type Backend = {
  readonly id: string;
  readonly folder: string;
  readonly exists: boolean;
  readonly name: string;
  readonly challenge: string | null;
  readonly contract: string | null;
  readonly overrides: {
    readonly build?: string;
    readonly start?: string;
    readonly release?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly database?: 'postgres' | 'none';
  };
  readonly lastRun: Run | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Run = {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'finished' | 'interrupted' | 'stopped' | 'broken';
  readonly fault: { readonly code: string; readonly message: string; readonly fix: string } | null;
  readonly backend: string | null;
  readonly folder: string;
  readonly challenge: string | null;
  readonly contract: string | null;
  readonly only: string[];
  readonly seed: number;
  readonly budgetSeconds: number | null;
  readonly watch: boolean;
  readonly verdict: ('passed' | 'failed' | 'undecided') | null;
  readonly reason: string;
  readonly stack: {
    readonly language: string;
    readonly framework: string | null;
    readonly runtime: string | null;
  } | null;
  readonly counts: {
    readonly passed: number;
    readonly failed: number;
    readonly undecided: number;
    readonly notApplicable: number;
  };
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly previous: string | null;
  readonly next: string | null;
};

export type Report = {
  readonly schemaVersion: 1;
  readonly tool: Readonly<Record<string, unknown>>;
  readonly backend: Readonly<Record<string, unknown>>;
  readonly contract: Readonly<Record<string, unknown>>;
  readonly durations: Readonly<Record<string, unknown>>;
  readonly sandbox: Readonly<Record<string, unknown>>;
  readonly skills: Readonly<Record<string, unknown>>;
  readonly traffic: Readonly<Record<string, unknown>>;
  readonly run: string;
  readonly seed: number;
  readonly challenge: string | null;
  readonly startedAt: string;
  readonly verdict: 'passed' | 'failed' | 'undecided';
  readonly reason: string;
  readonly checks: Readonly<Record<string, unknown>>[];
};

export type ExchangeSummary = {
  readonly id: string;
  readonly check: string;
  readonly operation: string | null;
  readonly method: string;
  readonly target: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly startedAt: number;
  readonly statements: number;
};

export type ExchangeDetail = {
  readonly exchange: {
    readonly id: string;
    readonly operation?: string;
    readonly check: string;
    readonly instance: string;
    readonly request: {
      readonly method: string;
      readonly target: string;
      readonly headers: string[][];
      readonly body?: {
        readonly text?: string;
        readonly base64?: string;
        readonly truncatedFrom?: number;
        readonly value?: unknown;
      };
    };
    readonly response?: {
      readonly status: number;
      readonly reason: string;
      readonly headers: string[][];
      readonly body: {
        readonly text?: string;
        readonly base64?: string;
        readonly truncatedFrom?: number;
        readonly value?: unknown;
      };
      readonly fault?: unknown;
    };
    readonly error?: { readonly kind: string; readonly message: string };
    readonly startedAt: number;
    readonly durationMs: number;
  };
  readonly statements: {
    readonly id: number;
    readonly connection: number;
    readonly transaction: number | null;
    readonly protocol: string;
    readonly text: string;
    readonly parameters: unknown[];
    readonly rows: number | null;
    readonly command: string | null;
    readonly error?: { readonly code: string; readonly message: string };
    readonly startedAt: number;
    readonly durationMs: number | null;
  }[];
};

export type Plots = {
  readonly latency: {
    readonly operation: string | null;
    readonly requests: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly slowest: number;
    readonly bounds: number[];
    readonly counts: number[];
  }[];
  readonly timeline: {
    readonly at: number;
    readonly requests: number;
    readonly failed: number;
    readonly statements: number;
    readonly perSecond: number;
    readonly p50: number | null;
    readonly p95: number | null;
  }[];
  readonly statementsPerRequest: {
    readonly operation: string;
    readonly requests: number;
    readonly least: number;
    readonly median: number;
    readonly most: number;
    readonly worst: string;
  }[];
  readonly usage: { readonly at: number; readonly cpu: number; readonly rssBytes: number }[];
  readonly growth: {
    readonly operation: string;
    readonly kind: 'page' | 'search' | 'one' | 'all' | 'length';
    readonly over: 'rows' | 'items';
    readonly points: {
      readonly size: number;
      readonly statements: number | null;
      readonly rowsRead: number | null;
      readonly ms: number | null;
    }[];
    readonly fit: {
      readonly statements: { readonly factor: number; readonly exponent: number } | null;
      readonly rowsRead: { readonly factor: number; readonly exponent: number } | null;
      readonly ms: { readonly factor: number; readonly exponent: number } | null;
    };
  }[];
  readonly memory: { readonly requests: number; readonly bytes: number }[];
};

export type Comparison = {
  readonly better: {
    readonly check: string;
    readonly id: string;
    readonly fingerprint: string;
    readonly title: string;
    readonly severity: string;
  }[];
  readonly broken: {
    readonly check: string;
    readonly id: string;
    readonly fingerprint: string;
    readonly title: string;
    readonly severity: string;
  }[];
  readonly same: number;
  readonly changed: {
    readonly check: string;
    readonly claim: string;
    readonly before: ('passed' | 'failed' | 'undecided' | 'not-applicable') | null;
    readonly after: ('passed' | 'failed' | 'undecided' | 'not-applicable') | null;
  }[];
};

export type Replay = {
  readonly id: string;
  readonly run: string;
  readonly finding: string;
  readonly status: 'queued' | 'running' | 'finished' | 'broken' | 'interrupted';
  readonly outcome: ('still-there' | 'gone' | 'undecided') | null;
  readonly reason: string;
  readonly result: unknown;
  readonly createdAt: string;
  readonly endedAt: string | null;
};

export type Skill = {
  readonly id: 'languages' | 'frameworks' | 'databases' | 'apis' | 'interview' | 'collaboration';
  readonly name: string;
  readonly checks: { readonly proven: number; readonly open: number };
  readonly challenges: { readonly slug: string; readonly title: string; readonly provenAt: string | null }[];
  readonly stacks: { readonly language: string; readonly framework: string | null; readonly challenges: number }[];
};

export type Settings = {
  readonly budgetSeconds: number | null;
  readonly theme: 'system' | 'light' | 'dark';
  readonly reducedMotion: 'system' | 'reduce';
  readonly shortcuts: boolean;
  readonly dataFolder: string;
  readonly version: string;
  readonly database: 'embedded' | 'own';
};

export type PracticeQuestion = {
  readonly id: string;
  readonly title: string;
  readonly kind: 'recall' | 'choice' | 'order' | 'sql' | 'http' | 'predict' | 'fix' | 'spot' | 'design' | 'evidence';
  readonly area:
    | 'languages'
    | 'frameworks'
    | 'databases'
    | 'apis'
    | 'http'
    | 'security'
    | 'concurrency'
    | 'distributed-systems'
    | 'system-design'
    | 'algorithms'
    | 'testing'
    | 'operations'
    | 'behavioural';
  readonly topic: string;
  readonly level: number;
};

export type PracticeAttempt = {
  readonly id: string;
  readonly question: PracticeQuestion;
  readonly seed: number;
  readonly interview: string | null;
  readonly status: 'open' | 'marking' | 'proposed' | 'answered' | 'left';
  readonly prompt: string;
  readonly shown:
    | { readonly form: 'text' }
    | { readonly form: 'options'; readonly options: string[]; readonly several: boolean }
    | { readonly form: 'order'; readonly items: string[] }
    | {
        readonly form: 'statement';
        readonly schema: string;
        readonly tables: {
          readonly name: string;
          readonly columns: string[];
          readonly rows: (string | null)[][];
          readonly more: number;
        }[];
        readonly expected: {
          readonly name: string;
          readonly columns: string[];
          readonly rows: (string | null)[][];
          readonly more: number;
        };
      }
    | { readonly form: 'request'; readonly exchanges: string[]; readonly requests: number }
    | { readonly form: 'outcome'; readonly language: string; readonly code: string }
    | { readonly form: 'program'; readonly language: string; readonly code: string; readonly tests: string }
    | { readonly form: 'files'; readonly files: Readonly<Record<string, string>>; readonly checks: string[] }
    | {
        readonly form: 'evidence';
        readonly prompt: string;
        readonly exhibit: string;
        readonly options: string[] | null;
      }
    | { readonly form: 'line'; readonly file: string; readonly code: string; readonly firstLine: number };
  readonly expectedSeconds: number;
  readonly hints: string[];
  readonly hintsLeft: number;
  readonly answer: (string | number | number[] | Readonly<Record<string, string>> | null) | null;
  readonly mark: {
    readonly passed: boolean;
    readonly score: number;
    readonly said: string;
    readonly points: { readonly point: string; readonly met: boolean }[];
    readonly bonus: string | null;
    readonly proposed: boolean;
  } | null;
  readonly rating: number | null;
  readonly seconds: number;
  readonly openedAt: string;
  readonly answeredAt: string | null;
  readonly dueAt: string | null;
  readonly afterwards: {
    readonly modelAnswer: string;
    readonly solution: string | null;
    readonly looksFor: string;
    readonly keyPoints: string[];
    readonly followUps: { readonly ask: string; readonly listenFor: string | null }[];
  } | null;
};

export type PracticeInterviewSummary = {
  readonly id: string;
  readonly role: string;
  readonly roleName: string;
  readonly level: number;
  readonly minutes: number;
  readonly status: 'open' | 'ended';
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly questions: number;
  readonly passed: number;
  readonly ability: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly answers: number;
  } | null;
};

export type PracticeInterview = {
  readonly id: string;
  readonly role: string;
  readonly roleName: string;
  readonly level: number;
  readonly minutes: number;
  readonly status: 'open' | 'ended';
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly questions: number;
  readonly passed: number;
  readonly ability: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly answers: number;
  } | null;
  readonly attempt: string | null;
  readonly turns: {
    readonly id: string;
    readonly area: string;
    readonly topic: string;
    readonly title: string;
    readonly level: number;
    readonly prompt: string;
    readonly answer: string;
    readonly mark: {
      readonly passed: boolean;
      readonly score: number;
      readonly said: string;
      readonly points: { readonly point: string; readonly met: boolean }[];
      readonly bonus: string | null;
      readonly proposed: boolean;
    };
    readonly seconds: number;
    readonly expectedSeconds: number;
    readonly thinkingSeconds: number;
    readonly hints: number;
    readonly notes: string;
    readonly followUps: { readonly ask: string; readonly answer: string; readonly rating: number | null }[];
  }[];
  readonly result: {
    readonly ability: { readonly level: number; readonly low: number; readonly high: number; readonly answers: number };
    readonly rubric: { readonly dimension: string; readonly rating: number | null; readonly why: string }[];
    readonly strong: string[];
    readonly missing: string[];
    readonly next: string[];
    readonly readiness: {
      readonly low: number;
      readonly high: number;
      readonly answers: number;
      readonly early: boolean;
    };
  } | null;
};

export type PracticeToday = {
  readonly seen: number;
  readonly questions: number;
  readonly due: { readonly now: number; readonly tomorrow: number; readonly week: number };
  readonly level: number;
  readonly answeredToday: number;
  readonly days: number;
  readonly seconds: number;
  readonly session: {
    readonly question: PracticeQuestion;
    readonly why: 'due' | 'new' | 'early';
    readonly seconds: number;
  }[];
  readonly interview: string | null;
  readonly clock: string | null;
};

export type PracticeProgress = {
  readonly now: string;
  readonly reviews: number;
  readonly seen: number;
  readonly questions: number;
  readonly due: { readonly now: number; readonly tomorrow: number; readonly week: number };
  readonly retention: number;
  readonly logLoss: {
    readonly reviews: number;
    readonly fsrs: number;
    readonly sm2: number;
    readonly average: number;
  } | null;
  readonly forecast: number[];
  readonly retentionByWeek: {
    readonly week: string;
    readonly reviews: number;
    readonly expected: number;
    readonly known: number;
  }[];
  readonly calibration: {
    readonly from: number;
    readonly reviews: number;
    readonly expected: number;
    readonly known: number;
  }[];
  readonly readiness: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly answers: number;
    readonly early: boolean;
  }[];
  readonly areas: {
    readonly area:
      | 'languages'
      | 'frameworks'
      | 'databases'
      | 'apis'
      | 'http'
      | 'security'
      | 'concurrency'
      | 'distributed-systems'
      | 'system-design'
      | 'algorithms'
      | 'testing'
      | 'operations'
      | 'behavioural';
    readonly name: string;
    readonly low: number;
    readonly high: number;
    readonly answers: number;
    readonly early: boolean;
  }[];
  readonly topics: {
    readonly area:
      | 'languages'
      | 'frameworks'
      | 'databases'
      | 'apis'
      | 'http'
      | 'security'
      | 'concurrency'
      | 'distributed-systems'
      | 'system-design'
      | 'algorithms'
      | 'testing'
      | 'operations'
      | 'behavioural';
    readonly topic: string;
    readonly questions: number;
    readonly seen: number;
    readonly due: number;
    readonly recall: number | null;
  }[];
  readonly interviews: {
    readonly held: number;
    readonly readiness: {
      readonly level: number;
      readonly low: number;
      readonly high: number;
      readonly answers: number;
      readonly early: boolean;
    }[];
  };
};

export interface paths {
  '/healthz': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Whether the server and its database work */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { readonly status: 'ok' } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/challenges': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Every challenge, the easiest first, with how far it is proven */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: Challenge[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/challenges/{slug}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A challenge, with its brief and its contract */
    get: {
      parameters: { query?: never; header?: never; path: { slug: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ChallengeDetail } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/challenges/{slug}/starters': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Begin a challenge: write a small backend into a new or empty folder */
    post: {
      parameters: { query?: never; header?: never; path: { slug: string }; cookie?: never };
      requestBody: { content: { 'application/json': { readonly stack: string; readonly folder: string } } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly folder: string; readonly files: string[] } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/challenges/{slug}/samples': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Write a backend with one mistake into a new folder, to see how it is found */
    post: {
      parameters: { query?: never; header?: never; path: { slug: string }; cookie?: never };
      requestBody: { content: { 'application/json': { readonly folder?: string } } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly folder: string;
              readonly challenge: string;
              readonly mistake: { readonly title: string; readonly story: string };
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/checks': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Every check of the catalogue, by its id */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: Check[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/checks/{area}/{name}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A check with its page of the handbook; a scenario with what its challenge says of it */
    get: {
      parameters: { query?: never; header?: never; path: { area: string; name: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': CheckPage } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/folders': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The folders that a typed path may become */
    get: {
      parameters: { query?: { path?: string | '' }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly path: string;
              readonly parent: string | null;
              readonly exists: boolean;
              readonly items: { readonly name: string; readonly path: string; readonly isBackend: boolean }[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/folders/open': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Open a folder with the desktop's own program */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly path: string } } };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/backends/detect': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** What a folder holds, and how it would be built and started */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly folder: string } } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly folder: string;
              readonly stack: {
                readonly language: string;
                readonly framework: string | null;
                readonly runtime: string | null;
              } | null;
              readonly evidence: string;
              readonly build: string[];
              readonly start: string | null;
              readonly release: string | null;
              readonly database: ('postgres' | 'none') | null;
              readonly contracts: { readonly path: string; readonly title: string; readonly operations: number }[];
              readonly settingsFile: boolean;
              readonly challenge: string | null;
              readonly problems: { readonly code: string; readonly message: string; readonly fix: string }[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/backends': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Backends that are remembered, the newest first */
    get: {
      parameters: { query?: { cursor?: string; limit?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: Backend[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    /** Remember a folder with its settings */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly folder: string;
            readonly name?: string;
            readonly challenge?: string | null;
            readonly contract?: string | null;
            readonly overrides?: {
              readonly build?: string;
              readonly start?: string;
              readonly release?: string;
              readonly env?: Readonly<Record<string, string>>;
              readonly database?: 'postgres' | 'none';
            };
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': Backend } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/backends/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One backend */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Backend } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    /** Forget it; its folder and its runs stay */
    delete: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    options?: never;
    head?: never;
    /** Correct its settings; what is not named stays */
    patch: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly name?: string;
            readonly challenge?: string | null;
            readonly contract?: string | null;
            readonly overrides?: {
              readonly build?: string;
              readonly start?: string;
              readonly release?: string;
              readonly env?: Readonly<Record<string, string>>;
              readonly database?: 'postgres' | 'none';
            };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Backend } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    trace?: never;
  };
  '/api/runs': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Runs, the newest first */
    get: {
      parameters: {
        query?: {
          cursor?: string;
          limit?: number;
          backend?: string;
          challenge?: string;
          verdict?: 'passed' | 'failed' | 'undecided';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: Run[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    /** Judge a backend */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                readonly folder: string;
                readonly challenge?: string | null;
                readonly contract?: string | null;
                readonly only?: string[];
                readonly seed?: number | null;
                readonly budgetSeconds?: number | null;
                readonly watch?: boolean;
              }
            | {
                readonly backend: string;
                readonly challenge?: string | null;
                readonly contract?: string | null;
                readonly only?: string[];
                readonly seed?: number | null;
                readonly budgetSeconds?: number | null;
                readonly watch?: boolean;
              };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': Run } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One run */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Run } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    /** Forget a run that has ended, with all it recorded */
    delete: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/stop': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Stop a run, and the watching of its folder; one that has ended stays as it is */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': Run } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/rerun': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Judge the same backend again */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': { readonly onlyFailed?: boolean; readonly sameSeed?: boolean; readonly watch?: boolean };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': Run } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/report': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The report of a run; of one that goes on or was cut off, what its events tell so far */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Report } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/exchanges': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Requests and their answers, in the order in which they ended */
    get: {
      parameters: {
        query?: { cursor?: string; limit?: number; q?: string; method?: string; status?: string; check?: string };
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: ExchangeSummary[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/exchanges/{exchange}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One exchange, with the statements that it caused */
    get: {
      parameters: { query?: never; header?: never; path: { id: string; exchange: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ExchangeDetail } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/plots': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What is drawn of a run */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Plots } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/compare/{other}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What got better since the other run, and what broke */
    get: {
      parameters: { query?: never; header?: never; path: { id: string; other: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Comparison } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/page': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The report as one self-contained HTML file */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/html': string } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/runs/{id}/findings/{finding}/replay': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** See a finding again, on a freshly started backend */
    post: {
      parameters: { query?: never; header?: never; path: { id: string; finding: string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': { readonly replay: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/replays/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What came of a replay */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Replay } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/today': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What there is to practise today: what is due, and something new */
    get: {
      parameters: { query?: { minutes?: number; topic?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeToday } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/questions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The questions that can be asked on this machine, by their ids */
    get: {
      parameters: {
        query?: { cursor?: string; limit?: number; topic?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: PracticeQuestion[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Open a question, with names and numbers of its own; without naming one, the next of today */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly question?: string; readonly seed?: number } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A question that was opened, as it stands */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts/{id}/hint': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** One hint more, if there is one; it costs */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts/{id}/answer': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Answer it: it is marked by running it where it can be run */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly answer: string | number | number[] | Readonly<Record<string, string>> | null;
            readonly seconds?: number;
            readonly thinkingSeconds?: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts/{id}/confirmation': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Say which of the points the answer makes */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { readonly points: number[] } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/attempts/{id}/leave': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Leave it out: it does not count */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeAttempt } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/interviews': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Mock interviews, here and in the terminal, the newest first */
    get: {
      parameters: { query?: { cursor?: string; limit?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: PracticeInterviewSummary[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    /** Begin a mock interview */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly role: 'backend' | 'python' | 'java' | 'php' | 'node' | 'data' | 'platform';
            readonly level: number;
            readonly minutes: 30 | 45 | 60;
            readonly seed?: number;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeInterview } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/interviews/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A mock interview, with its transcript and what it showed */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeInterview } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    /** Forget its transcript; the answers stay in the history */
    delete: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/interviews/{id}/turns': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Go on to the next question, with what was said to the follow-ups of this one */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly attempt: string | null;
            readonly followUps?: { readonly answer: string; readonly rating: number | null }[];
            readonly notes?: string;
            readonly leaveOut?: boolean;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeInterview } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/interviews/{id}/end': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** End it now, with what was said to the follow-ups of this question; what was answered counts */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly attempt: string | null;
            readonly followUps?: { readonly answer: string; readonly rating: number | null }[];
            readonly notes?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeInterview } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/progress': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Where a person stands: what comes due, how well their memory was foreseen, readiness as intervals */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PracticeProgress } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/settings': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** How practice is scheduled */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly retention: number;
              readonly fitted: boolean;
              readonly folder: string;
              readonly calendar: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Set the retention that is wanted, for the terminal too */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly retention?: number } } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly retention: number;
              readonly fitted: boolean;
              readonly folder: string;
              readonly calendar: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    trace?: never;
  };
  '/api/practice/settings/fit': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Fit the schedule to the person’s own memory, when there are enough reviews and it helps */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly changed: boolean; readonly said: string } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/deck': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The questions with their scheduling and every review, as an Anki deck (.apkg) */
    get: {
      parameters: { query?: { format?: 'legacy' | 'current' }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/octet-stream': string } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/reviews': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Every review, as CSV */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/csv': string } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practice/imports': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Take over reviews that were made elsewhere: a deck of Anki, or a CSV file */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly format: 'apkg' | 'csv'; readonly content: string } } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly added: number; readonly known: number; readonly foreign: number } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/skills': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The six skills, from the runs of the person’s own backends; samples and what comes with challenges count as nobody’s */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { readonly items: Skill[]; readonly next: string | null } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/toolchains': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What is on this machine, what is missing, and how to get it */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: {
                readonly id: string;
                readonly neededFor: string;
                readonly present: boolean;
                readonly version: string | null;
                readonly path: string | null;
                readonly problem: string | null;
                readonly howToGet: { readonly debian: string; readonly macos: string };
              }[];
              readonly next: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/settings': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** How Assay looks and works here */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Settings } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change some of it; what is not named stays */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly budgetSeconds?: number | null;
            readonly theme?: 'system' | 'light' | 'dark';
            readonly reducedMotion?: 'system' | 'reduce';
            readonly shortcuts?: boolean;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Settings } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    trace?: never;
  };
  '/api/export': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Everything that is stored, one JSON document a line */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/x-ndjson': string } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/data': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    /** Forget everything: runs, backends, settings. The folders of backends stay */
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly confirm: 'delete' } } };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Give the token, and be known by a cookie from then on */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { readonly token: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { readonly token: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        421: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
