/** Whether a member stands beside a thing in an answer, and says something of the answer or of the session: `{success, data}`, `{user, token}`. */
export function isAround(member: string): boolean {
  return /^(success|ok|status|status_?code|code|messages?|msg|errors?|timestamp|token|jwt|(access|refresh|id)_?token|token_?type|expires_?(in|at))$/i.test(
    member,
  );
}
