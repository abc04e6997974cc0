import { invalidParameter, invalidValue, Problem } from './problem.js';

/** Text that PostgreSQL can keep and UTF-8 can carry, of so many code points. */
export function isText(value, min, max) {
  if (typeof value !== 'string' || !value.isWellFormed() || value.includes('\0')) return false;
  const { length } = [...value];
  return length >= min && length <= max;
}

const PRIORITIES = ['low', 'normal', 'high'];
const INSTANT =
  /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

function isInstant(value) {
  const day = typeof value === 'string' && INSTANT.exec(value)?.[1];
  if (!day) return false;
  // Date moves the 30th of February to March; then the day has changed.
  const date = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

/** What each property must be: returns where it is not so, as a JSON Pointer below the property, or null. */
const wrongUnless = (holds) => (value) => (holds(value) ? null : '');
const properties = {
  title: { detail: 'must be text of 1 to 200 characters', wrong: wrongUnless((value) => isText(value, 1, 200)) },
  notes: {
    detail: 'must be text of at most 10000 characters, or null',
    wrong: wrongUnless((value) => value === null || isText(value, 0, 10_000)),
  },
  done: { detail: 'must be true or false', wrong: wrongUnless((value) => typeof value === 'boolean') },
  position: {
    detail: 'must be an integer from 0 to 1000000',
    wrong: wrongUnless((value) => Number.isInteger(value) && value >= 0 && value <= 1_000_000),
  },
  priority: { detail: 'must be low, normal or high', wrong: wrongUnless((value) => PRIORITIES.includes(value)) },
  dueAt: {
    detail: 'must be an instant such as 2030-05-01T09:30:00.000Z in the years 1900 to 2099, or null',
    wrong: wrongUnless((value) => value === null || isInstant(value)),
  },
  estimate: {
    detail: 'must be a decimal with two places such as "1.50", below a million, or null',
    wrong: wrongUnless((value) => value === null || (typeof value === 'string' && /^(0|[1-9]\d{0,5})\.\d{2}$/.test(value))),
  },
  tags: {
    detail: 'must be at most 10 different texts of 1 to 30 characters',
    wrong: (value) => {
      if (!Array.isArray(value) || value.length > 10 || new Set(value).size < value.length) return '';
      const at = value.findIndex((tag) => !isText(tag, 1, 30));
      return at === -1 ? null : `/${at}`;
    },
  },
};

const DEFAULTS = { notes: null, done: false, position: 0, priority: 'normal', dueAt: null, estimate: null, tags: [] };

/** Checks the properties that are there. */
export function checkPatch(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidValue('', 'must be an object');
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(properties, name)) {
      throw invalidValue('', `must have no other properties than ${Object.keys(properties).join(', ')}`);
    }
    const wrong = properties[name].wrong(given);
    if (wrong !== null) throw invalidValue(`/${name}${wrong}`, properties[name].detail);
  }
  return value;
}

/** Checks a whole todo and fills in the defaults. */
export function checkTodo(value) {
  checkPatch(value);
  if (!Object.hasOwn(value, 'title')) throw invalidValue('', 'must have a title');
  return { ...DEFAULTS, ...value };
}

const oneOf =
  (...values) =>
  (value) =>
    values.includes(value);
const limit = { valid: (value) => /^([1-9]\d?|100)$/.test(value), parse: Number, default: 20 };
const cursor = { valid: (value) => isText(value, 1, 1700) };
const sorts = ['position', 'title', 'createdAt', 'dueAt'].flatMap((name) => [name, `-${name}`]);

export const todoQuery = {
  done: { valid: oneOf('true', 'false'), parse: (value) => value === 'true' },
  priority: { valid: oneOf(...PRIORITIES) },
  tag: { valid: (value) => isText(value, 1, 30) },
  q: { valid: (value) => isText(value, 1, 200) },
  sort: { valid: oneOf(...sorts), default: 'position' },
  limit,
  cursor,
};
export const tagQuery = { limit, cursor };

/** The query's parameters, checked and with defaults. Unknown and repeated ones are refused. */
export function readQuery(request, parameters) {
  const query = request.url.split('?').slice(1).join('?');
  try {
    decodeURIComponent(query);
  } catch {
    throw new Problem(400, 'The query is not percent-encoded UTF-8.');
  }
  const result = Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));
  const seen = new Set();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(parameters, name)) {
      throw new Problem(400, `The parameters here are ${Object.keys(parameters).join(', ')}.`);
    }
    if (seen.has(name)) throw invalidParameter(name, 'is given twice');
    if (!parameters[name].valid(value)) throw invalidParameter(name, 'has a value that is not documented');
    seen.add(name);
    result[name] = parameters[name].parse?.(value) ?? value;
  }
  return result;
}
