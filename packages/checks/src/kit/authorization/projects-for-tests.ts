import type { Contract, Json, ProbeContext } from '@assay/contract';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { contextOfPeople, contractOfPeople } from './people-for-tests.ts';

const whole = { type: 'integer' };
const id = (name: string) => ({ name, in: 'path', required: true, schema: whole });
const project = object({ id: whole, title: text, status: text });
const task = object({ id: whole, title: text });
const none = { '404': said(), '403': said() };

/** A contract of projects with tasks in them. */
export const projects: Contract = contractOfPeople({
  '/projects': {
    post: {
      operationId: 'createProject',
      requestBody: taken(object({ title: text })),
      responses: { '201': said(project) },
    },
  },
  '/projects/{projectId}': {
    parameters: [id('projectId')],
    get: { operationId: 'getProject', responses: { '200': said(project), ...none } },
  },
  '/projects/{projectId}/cancel': {
    parameters: [id('projectId')],
    post: { operationId: 'cancelProject', responses: { '204': said(), ...none } },
  },
  '/projects/{projectId}/join': {
    parameters: [id('projectId')],
    post: { operationId: 'joinProject', responses: { '204': said(), ...none } },
  },
  '/projects/{projectId}/start': {
    parameters: [id('projectId')],
    post: { operationId: 'startProject', responses: { '204': said(), ...none } },
  },
  '/projects/{projectId}/tasks': {
    parameters: [id('projectId')],
    post: {
      operationId: 'createTask',
      requestBody: taken(object({ title: text })),
      responses: { '201': said(task), ...none },
    },
    get: {
      operationId: 'listTasks',
      responses: { '200': said({ type: 'array', items: task }), ...none },
    },
  },
  '/projects/{projectId}/tasks/{taskId}': {
    parameters: [id('projectId'), id('taskId')],
    get: { operationId: 'getTask', responses: { '200': said(task), ...none } },
    put: {
      operationId: 'putTask',
      requestBody: taken(object({ title: text })),
      responses: { '200': said(task), ...none },
    },
    delete: { operationId: 'deleteTask', responses: { '204': said(), ...none } },
  },
});

/** What the backend does wrong; nothing when left out. */
export interface Flaws {
  /** Operations on a task that look for it by its id alone. */
  readonly idAlone?: readonly string[];
  /** Every project shows every task, to whoever has it. */
  readonly shared?: boolean;
  /** Everybody cancels every project; or is told so, and nothing comes of it. */
  readonly cancel?: 'for all' | 'told';
  /** What is not somebody's is not there for them, and not refused. */
  readonly hidden?: boolean;
  /** Starting or joining what is hidden is answered with nothing; or with who has done it. */
  readonly told?: 'nothing' | 'member';
  /** What is not somebody's reads as a success with nothing in it. */
  readonly wrapped?: boolean;
}

interface Thing {
  readonly id: number;
  readonly title: string;
  readonly owner: string;
  readonly projectId: number;
  status: string;
}

/** A real HTTP backend of that contract, in memory, with everything a probe is given. */
export async function projectsContext(flaws: Flaws = {}): Promise<ProbeContext> {
  const kept: { projects: Thing[]; tasks: Thing[] } = { projects: [], tasks: [] };
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value?: Json) => {
      const isRead = flaws.wrapped === true && method === 'GET' && Array.isArray(value) === false;
      const code = isRead ? 200 : status;
      const told = isRead ? { success: true, data: status === 200 ? value : null } : (value ?? {});
      return response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(told));
    };
    if (path === '/register') return answer(201);
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const owner = (request.headers.authorization ?? '').replace('Bearer ', '');
    const title = String(json['title']);
    const shown = ({ id: own, title: called, status }: Thing) => ({ id: own, title: called, status });
    const make = (things: Thing[], projectId: number) => {
      const made = { id: things.length + 1, title, owner, projectId, status: 'open' };
      things.push(made);
      return answer(201, shown(made));
    };
    const [, , which, under, task] = path.split('/');
    if (which === undefined) return make(kept.projects, 0);
    const found = kept.projects.find((one) => one.id === Number(which));
    if (found === undefined) return answer(404);
    if (under === 'cancel' && (found.owner === owner || flaws.cancel !== undefined)) {
      if (flaws.cancel !== 'told') found.status = 'cancelled';
      return answer(200);
    }
    const isAct = under === 'join' || under === 'start';
    if (isAct && flaws.told !== undefined)
      return answer(
        200,
        flaws.told === 'member' ? { success: true, data: { member: owner } } : { success: true, data: null },
      );
    if (isAct) {
      found.status = `${found.status}, ${under}ed`;
      return answer(200);
    }
    if (found.owner !== owner) return answer(flaws.hidden === true ? 404 : 403);
    if (under === undefined) return answer(200, shown(found));
    if (task === undefined)
      return method === 'POST'
        ? make(kept.tasks, found.id)
        : answer(200, kept.tasks.filter((one) => flaws.shared === true || one.projectId === found.id).map(shown));
    const at = kept.tasks.findIndex(
      (one) => one.id === Number(task) && (one.projectId === found.id || flaws.idAlone?.includes(method) === true),
    );
    const known = kept.tasks[at];
    if (known === undefined) return answer(404);
    if (method === 'DELETE') kept.tasks[at] = { ...known, id: 0 };
    if (method === 'PUT') kept.tasks[at] = { ...known, title };
    return answer(200, shown(kept.tasks[at] ?? known));
  });
  return contextOfPeople(projects, backend);
}
