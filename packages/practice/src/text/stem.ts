/** Words that are the same to a backend developer, each told by the first of its group. */
const synonyms: readonly (readonly string[])[] = [
  ['database', 'db'],
  ['transaction', 'tx', 'txn'],
  ['index', 'indices', 'indexes', 'idx'],
  ['authentication', 'authn', 'authenticate'],
  ['authorization', 'authz', 'authorise', 'authorize', 'authorisation'],
  ['duplicate', 'dup', 'duplication'],
  ['repository', 'repo'],
  ['configuration', 'config'],
  ['asynchronous', 'async'],
  ['synchronous', 'sync'],
  ['request', 'req'],
  ['response', 'answer', 'reply'],
  ['fail', 'failure', 'crash', 'outage'],
  ['delete', 'remove', 'removal', 'deletion'],
  ['fast', 'quick', 'quickly', 'speed'],
  ['slow', 'slower', 'slowly'],
  ['write', 'wrote', 'written'],
  ['read', 'reading'],
  ['copy', 'copies', 'replica', 'replicas'],
  ['latency', 'delay'],
  ['parameter', 'param', 'bind'],
  ['kubernetes', 'k8s'],
  ['function', 'method'],
  ['concurrent', 'concurrency', 'simultaneous', 'parallel'],
];

const suffixes = [
  'ization',
  'isation',
  'ations',
  'ation',
  'ities',
  'ively',
  'ments',
  'ment',
  'ness',
  'ingly',
  'edly',
  'ally',
  'able',
  'ible',
  'ing',
  'ion',
  'ity',
  'ies',
  'ive',
  'est',
  'ed',
  'es',
  'er',
  'ly',
  's',
  'e',
  'y',
];

/** What is left of a word when its ending is cut off: `indexes`, `indexed` and `indexing` are one. Coarse on purpose: a person confirms. */
export function stem(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
  const known = groups.get(plain);
  return known ?? cut(plain);
}

function cut(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  let left = word;
  for (let round = 0; round < 2; round += 1) {
    const suffix = suffixes.find((each) => left.endsWith(each) && left.length - each.length >= 3);
    if (suffix === undefined) break;
    left = left.slice(0, -suffix.length);
  }
  // A consonant that was doubled before the ending: stopped, planned.
  return left.length > 3 && left.at(-1) === left.at(-2) ? left.slice(0, -1) : left;
}

const groups = new Map(synonyms.flatMap((group) => group.map((word) => [word, cut(group[0] ?? word)] as const)));
