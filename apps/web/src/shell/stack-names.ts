/** As their communities write them. */
const names: Readonly<Record<string, string>> = {
  django: 'Django',
  express: 'Express',
  fastapi: 'FastAPI',
  java: 'Java',
  node: 'Node.js',
  php: 'PHP',
};

export function stackName(stack: string): string {
  return names[stack] ?? stack;
}
