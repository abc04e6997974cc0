/**
 * The sides of each OR in a condition as EXPLAIN prints it, with its parentheses: `((a = 1) AND ((b = 2) OR (c = 2)))` has one, of `(b = 2)` and
 * `(c = 2)`.
 */
export function alternativesIn(condition: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const open: { from: number; readonly sides: string[] }[] = [{ from: 0, sides: [] }];
  const close = (at: number): void => {
    const group = open.pop();
    if (group !== undefined && group.sides.length > 0) found.push([...group.sides, condition.slice(group.from, at)]);
  };
  for (let at = 0; at < condition.length; at += 1) {
    const sign = condition.charAt(at);
    // What is quoted is a value or a name; a quote in it is written twice, and so ends and begins it again.
    if (sign === "'" || sign === '"') {
      const end = condition.indexOf(sign, at + 1);
      at = end < 0 ? condition.length : end;
    } else if (sign === '(') open.push({ from: at + 1, sides: [] });
    else if (sign === ')') close(at);
    else if (condition.startsWith(' OR ', at)) {
      const group = open.at(-1);
      group?.sides.push(condition.slice(group.from, at));
      if (group !== undefined) group.from = at + ' OR '.length;
    }
  }
  while (open.length > 0) close(condition.length);
  return found;
}
