import type { LiveServer } from './live-server.ts';

/** The practice part of the API, as a person's past is made with it. */
export interface PracticeApi {
  /** Opens a question of a kind (or the one named); returns its address. */
  open(question: string): Promise<string>;
  /** The ids of questions about something. */
  questions(topic: string): Promise<readonly string[]>;
  answer(address: string, answer: unknown): Promise<void>;
  /** Months of answers, so that there is something to be drawn. */
  makeHistory(): Promise<void>;
  /** An interview with so many questions answered (none of them right), ended or not; returns its address. */
  interview(answers: number, ended: boolean): Promise<string>;
}

type Body = Readonly<Record<string, unknown>>;

export function practiceApi({ origin, entrance }: Pick<LiveServer, 'origin' | 'entrance'>): PracticeApi {
  const token = new URL(entrance).searchParams.get('token') ?? '';
  const ask = async (method: string, path: string, body?: Body): Promise<Body> => {
    const response = await fetch(`${origin}/api/practice${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? (method === 'GET' ? {} : { body: '{}' }) : { body: JSON.stringify(body) }),
    });
    const answered: unknown = await response.json();
    if (!response.ok || typeof answered !== 'object' || answered === null)
      throw new Error(`${method} ${path}: ${JSON.stringify(answered)}`);
    return { ...answered };
  };
  const idsOf = (items: unknown): readonly string[] =>
    (Array.isArray(items) ? items : []).map((item: { readonly id: string }) => item.id);
  const attemptOf = (address: string): string => `/attempts/${address.split('/').at(-1) ?? ''}`;
  const api: PracticeApi = {
    open: async (question) =>
      `/practice/attempts/${String((await ask('POST', '/attempts', { question, seed: 5 }))['id'])}`,
    questions: async (topic) => idsOf((await ask('GET', `/questions?limit=200&topic=${topic}`))['items']),
    async answer(address, answer) {
      await ask('POST', `${attemptOf(address)}/answer`, { answer });
    },
    async makeHistory() {
      const ids = (await Promise.all(['databases', 'http', 'security', 'python'].map(api.questions))).flat();
      await ask('POST', '/imports', { format: 'csv', content: Buffer.from(historyOf(ids)).toString('base64') });
    },
    async interview(answers, ended) {
      const { id } = await ask('POST', '/interviews', { role: 'data', level: 3, minutes: 45, seed: 4 });
      for (let turn = 0; turn < answers; turn += 1) {
        const { attempt } = await ask('GET', `/interviews/${String(id)}`);
        await api.answer(`/${String(attempt)}`, null);
        await ask('POST', `/interviews/${String(id)}/turns`, {
          attempt,
          followUps: [{ answer: 'It depends on how often it is written.', rating: 3 }],
          notes: turn === 0 ? 'Read about lock modes again.' : '',
        });
      }
      if (ended) {
        const { attempt } = await ask('GET', `/interviews/${String(id)}`);
        await ask('POST', `/interviews/${String(id)}/end`, { attempt });
      }
      return `/practice/mock/${String(id)}`;
    },
  };
  return api;
}

/** Reviews over three months, of a memory that fades by a power of time and holds longer with each success. */
function historyOf(ids: readonly string[]): string {
  const reviews: (readonly [at: number, line: string])[] = [];
  const now = Date.now();
  const draw = drawsOf(2026);
  for (const [index, id] of ids.entries()) {
    let at = now - (88 - (index % 60)) * 86_400_000 - index * 61_000;
    let stability = 0;
    let gap = 0;
    while (at < now - 3_600_000) {
      const isKnown = draw() < (stability === 0 ? 0.75 : (1 + (0.235 * gap) / stability) ** -0.5);
      const rating = isKnown ? (draw() < 0.25 ? 4 : 3) : 1;
      const line = `${id},${new Date(at).toISOString()},${rating},${isKnown},${isKnown ? 1 : 0.2},60,0,1,false`;
      reviews.push([at, line]);
      stability = isKnown ? Math.max(2.3, stability * 2.6) : Math.max(0.4, stability * 0.2);
      gap = Math.max(1, stability * (0.6 + draw()));
      at += gap * 86_400_000;
    }
  }
  const lines = reviews.toSorted(([a], [b]) => a - b).map(([, line]) => line);
  return ['id,at,rating,passed,score,seconds,hints,seed,proposed', ...lines, ''].join('\r\n');
}

/** The same numbers from 0 to 1 each time (mulberry32). */
function drawsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
