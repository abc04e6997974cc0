import { isSecret } from '../requests/secret-inputs.ts';

/** What people may do, and whether somebody has looked at who they are. */
const rights =
  /^(?:user_?)?(?:roles?|permissions?|privileges?|authorities)$|^(?:is_?)?(?:admin|staff|super_?user|verified)$|^email_?verified$/i;
/** Whose a thing is: by an id, or as the name of whoever is signed in. */
const whose =
  /^(?:owner|user|author|creator|customer|member|account|buyer|seller|tenant|organi[sz]ation)_?(?:uu)?id$|^(?:owner|user|author|creator)$/i;

/**
 * Whether a member by this name is one of those that a backend is right to decide or to hide whatever the client says, although one schema for what is sent and what
 * is shown often offers them: rights, which nobody gives to themselves, whose a thing is, where the session says it, and secrets, which come back as null or as a hash.
 */
export function isNotTheClients(name: string, { required, known, kept = false }: Asked): boolean {
  if (isSecret({ name, schema: {} })) return true;
  return !required && (rights.test(name) || (known && !kept && whose.test(name)));
}

/** How the operation asks for the member: whether it must be said, and whether the backend knows by itself who says it. */
interface Asked {
  readonly required: boolean;
  readonly known: boolean;
  /** Whether it was kept as the client had made it. */
  readonly kept?: boolean;
}
