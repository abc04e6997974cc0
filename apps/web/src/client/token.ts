/*
 * The token that a browser was let in with. It stands in this origin's storage: a cookie would go to every port of this machine, so the one that there
 * is may only read.
 */

const key = 'assay.token';
let inMemory: string | null = null;

/** The address that `assay start` prints leads on to one with the token behind `#`, which no server sees. It is taken out of there at once. */
export function takeToken(): void {
  const found = /^#token=([\w.~-]+)$/.exec(location.hash)?.[1];
  if (found === undefined) return;
  keepToken(found);
  history.replaceState(history.state, '', location.pathname + location.search);
}

export function keepToken(token: string): void {
  inMemory = token;
  try {
    localStorage.setItem(key, token);
  } catch {
    // No storage is to be had: it lasts as long as the page does.
  }
}

/** What a request to the API brings along. */
export function tokenHeaders(): Readonly<Record<string, string>> {
  const token = knownToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export function knownToken(): string | null {
  try {
    return inMemory ?? localStorage.getItem(key);
  } catch {
    return inMemory;
  }
}
