import { Fault } from '@assay/contract';
import { responseText, type SmallResponse } from '../http/exchange.ts';
import type { QuestionOf } from '../question/question.ts';
import type { Predict } from '../question/predict.ts';
import { runProgram } from '../run/program.ts';
import { dropDataSets, fillDataSet, nameDataSets, prepareScratch } from '../sql/arena.ts';
import { connect } from '../sql/connect.ts';
import { rowsText, runIsolation } from '../sql/isolation.ts';
import { findNode, plansOf } from '../sql/plan.ts';
import { runKey } from '../sql/run-answer.ts';
import { asText } from './answer.ts';
import { ask } from './http.ts';
import { type Answer, failed, type Mark, passed, type Shown } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';
import type { Workbench } from './workbench.ts';

type Compare = 'lines' | 'words' | 'json' | 'number';

/** The key is computed by running, when it is first needed: opening the question costs nothing. */
export function markPredict(question: QuestionOf<'predict'>, seed: number, workbench: Workbench): Marker {
  const { predict } = question;
  let computed: Promise<string> | null = null;
  const key = (): Promise<string> => {
    computed ??= compute(predict, seed, workbench);
    return computed;
  };
  const compare: Compare = 'compare' in predict ? predict.compare : predict.run === 'http' ? 'lines' : 'words';
  return {
    shown: shownOf(predict),
    mark: async (answer) => judge(await key(), compare, answer),
    key,
    asGiven: same,
    close: nothing,
  };
}

function judge(key: string, compare: Compare, answer: Answer): Mark {
  const read = asText(typeof answer === 'boolean' || answer === null ? String(answer) : answer);
  if ('said' in read) return failed(read.said);
  return alike(read.text, key, compare)
    ? passed('That is what comes out.')
    : failed(`What comes out is: ${key === '' ? '(nothing)' : key}`);
}

function alike(answer: string, key: string, compare: Compare): boolean {
  const lines = (text: string): string =>
    text
      .replaceAll('\r', '')
      .split('\n')
      .map((line) => line.trim().replaceAll(/\s+/g, ' '))
      .join('\n')
      .trim();
  switch (compare) {
    case 'lines':
      return lines(answer) === lines(key);
    case 'words':
      return (
        lines(answer).toLowerCase().replaceAll(/,\s*/g, ', ') === lines(key).toLowerCase().replaceAll(/,\s*/g, ', ')
      );
    case 'number':
      return answer.trim() !== '' && Number(answer) === Number(key);
    case 'json':
      return jsonText(answer) === jsonText(key);
  }
  return compare satisfies never;
}

function jsonText(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return `not JSON: ${text.trim()}`;
  }
}

function shownOf(predict: Predict): Shown {
  return { form: 'outcome', language: languageOf(predict), code: codeOf(predict) };
}

function languageOf({ run }: Predict): string {
  if (run === 'isolation' || run === 'plan') return 'sql';
  return run === 'node' ? 'javascript' : run;
}

/** What is shown below the prompt. */
export function codeOf(predict: Predict): string {
  switch (predict.run) {
    case 'isolation': {
      const steps = predict.steps.map(
        (step, index) =>
          `${String(index + 1).padStart(2)}  ${Object.entries(step)
            .map(([name, text]) => `${name}: ${text}`)
            .join('')}`,
      );
      return `${inLines(predict.setup)}\n\n${steps.join('\n')}`;
    }
    case 'sql':
    case 'plan':
      return [predict.schema, predict.data ?? '', predict.statement]
        .map(inLines)
        .filter((part) => part !== '')
        .join('\n\n');
    case 'http':
      return predict.request.trim();
    default:
      return predict.code;
  }
}

/** A statement a line, where a file has several in one. */
function inLines(sql: string): string {
  return sql.trim().replaceAll(/; +(?=(?:CREATE|INSERT|ALTER|UPDATE|SET)\b)/g, ';\n');
}

async function compute(predict: Predict, seed: number, workbench: Workbench): Promise<string> {
  switch (predict.run) {
    case 'isolation': {
      const results = await runIsolation(await workbench.database(), predict);
      const result = results[predict.ask - 1];
      return result?.[predict.what] ?? '';
    }
    case 'sql':
    case 'plan': {
      const database = await workbench.database();
      await prepareScratch(database);
      const [schema = ''] = nameDataSets([0]);
      const connection = await connect(database);
      try {
        await fillDataSet(connection, schema, { schema: predict.schema, data: predict.data ?? '', rows: [0], seed }, 0);
        if (predict.run === 'sql') {
          const run = { statement: predict.statement, mode: 'read', verify: null } as const;
          const [outcome] = await runKey(database, connection, [schema], run);
          if (outcome?.ran !== true)
            throw new Fault('bad-question', `Its statement does not run: ${outcome?.said ?? ''}`);
          const { rows, columns } = outcome.result;
          return rowsText(rows, null, columns.length);
        }
        const [plan = null] = await plansOf(database, schema, [predict.statement]);
        const node = plan === null ? null : findNode(plan, predict.node);
        if (node === null) throw new Fault('bad-question', 'Its statement has no such node in its plan.');
        return node;
      } finally {
        await connection.close();
        await dropDataSets(database, [schema]);
      }
    }
    case 'http':
      return responsePart(await ask(predict.service, predict.request, 10, () => null), predict.ask);
    default:
      return outputOf(predict);
  }
}

function responsePart(asked: Awaited<ReturnType<typeof ask>>, part: string): string {
  const last: SmallResponse | undefined = 'said' in asked ? undefined : asked.responses.at(-1);
  if (last === undefined)
    throw new Fault('bad-question', `Its request cannot be sent: ${'said' in asked ? asked.said : ''}`);
  if (part === 'status') return String(last.status);
  if (part === 'body') return last.body;
  const field = /^header ([\w-]+)$/.exec(part)?.[1]?.toLowerCase();
  if (field === undefined) throw new Fault('bad-question', 'Its "ask" must be status, body, or "header NAME".');
  const value = last.headers[field];
  if (value === undefined)
    throw new Fault('bad-question', `There is no field ${field} in the response:\n${responseText(last)}`);
  return value;
}

const files = { node: 'program.js', python: 'program.py', php: 'program.php', java: 'Main.java' } as const;

async function outputOf({ run, code }: Extract<Predict, { readonly code: string }>): Promise<string> {
  const result = await runProgram({ language: run, files: { [files[run]]: code }, main: files[run] });
  if (result === null)
    throw new Fault('toolchain-missing', `This question needs ${run}, which is not on this machine.`);
  if (result.ended !== 'exit')
    throw new Fault('bad-question', `Its program does not come to its end: ${result.ended}.`);
  // A program may end in an error on purpose: what it printed before that is the answer.
  if (result.status !== 0 && result.stdout.trim() === '')
    throw new Fault('bad-question', `Its program fails:\n${result.stderr.trim().slice(0, 1500)}`);
  return result.stdout.replace(/\s+$/, '');
}
