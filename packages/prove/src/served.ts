import { type Contract, type Exchange, Fault, readContract, responseHeaderOf, xmlText } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { isKnownTo } from './distant-base.ts';
import { besides, documentAddress, documentInScript, pages, setUpScript } from './served-page.ts';

/** Where frameworks serve their document, the usual ones first. */
const places = [
  '/openapi.json',
  '/openapi.yaml',
  '/v3/api-docs',
  '/api-docs',
  '/api/openapi.json',
  '/docs/openapi.json',
  '/docs/json',
  '/api/schema/',
  '/api/docs.json',
  '/swagger.json',
  '/swagger/v1/swagger.json',
  '/documentation/json',
  '/api-json',
  '/docs-json',
  '/swagger-json',
  '/api/docs-json',
  '/api-docs.json',
  '/swagger/json',
  '/swagger/doc.json',
  '/api/v1/openapi.json',
  '/q/openapi',
  '/v2/api-docs',
  '/apispec_1.json',
  '/openapi',
  '/doc',
  '/schema',
  '/schema/',
  '/schema/openapi.json',
  '/api-docs/json',
  '/documentation-json',
  '/api/docs.jsonopenapi',
  '/docs.jsonopenapi',
  '/api/doc.json',
  '/docs?api-docs.json',
  '/docs/api-docs.json',
  '/docs/api.json',
  '/api/v3/api-docs',
];

/** Where SOAP services usually stand; each is asked for with `?wsdl`. */
const services = ['/', '/soap', '/ws', '/service', '/services', '/api', '/api/soap', '/wsdl'];

/** How long an answer may take, and how many in a row may not come at all. */
const patienceMs = 5_000;
const mostUnanswered = 3;

/**
 * Asks a running backend for its own document. Throws the fault no-contract when it serves none.
 * @param orElse what is taken then, if there is anything and the backend knows its paths
 */
export async function servedContract(
  instance: EngineInstance,
  orElse: () => Contract | null = () => null,
): Promise<Contract> {
  const refused: string[] = [];
  const asked = new Set<string>();
  let unanswered = 0;
  // Who asks for a password under every path shows no document by that.
  let isOpen = false;
  const ask = async (target: string, accept: string, hops = 3): Promise<Answer | null> => {
    // A server that leaves unknown paths without an answer would be waited for at each of them.
    if (unanswered >= mostUnanswered) return null;
    const exchange = await instance.send(
      { method: 'GET', target, headers: [['accept', accept]] },
      { check: 'launch/starts', timeoutMs: patienceMs },
    );
    const { response, error } = exchange;
    unanswered = error?.kind === 'timeout' ? unanswered + 1 : 0;
    if (response?.status === 401 || response?.status === 403) refused.push(target);
    else if (response !== undefined) isOpen = true;
    const moved = hops === 0 ? null : movedTo(exchange, instance.authority);
    if (moved !== null) return ask(moved, accept, hops - 1);
    return response?.status === 200 ? { target, text: xmlText(response) } : null;
  };
  const contractAt = async (target: string): Promise<Contract | null> => {
    if (asked.has(target)) return null;
    asked.add(target);
    const answer = await ask(target, 'application/json, application/yaml');
    return answer === null ? null : contractIn(target, answer.text);
  };
  const contractAtOneOf = async (targets: readonly string[]): Promise<Contract | null> => {
    for (const target of targets) {
      const contract = await contractAt(target);
      if (contract !== null) return contract;
    }
    return null;
  };
  const contractOf = async (page: string): Promise<Contract | null> => {
    const shown = await ask(page, 'text/html');
    if (shown === null || !/^\s*</.test(shown.text)) return null;
    const address = documentAddress(shown.text, shown.target);
    const named = address === null ? null : await contractAt(address);
    if (named !== null) return named;
    const script = setUpScript(shown.text, shown.target);
    const code = script === null ? null : await ask(script, '*/*');
    const inside = code === null ? null : documentInScript(code.text);
    if (inside !== null && script !== null) return contractIn(script, inside);
    const said = code === null ? null : documentAddress(code.text, shown.target);
    return contractAtOneOf([...(said === null ? [] : [said]), ...besides(page)]);
  };
  const placed = await contractAtOneOf(places);
  if (placed !== null) return placed;
  for (const page of pages) {
    const contract = await contractOf(page);
    if (contract !== null) return contract;
  }
  for (const service of services) {
    const target = `${service}?wsdl`;
    const answer = await ask(target, 'text/xml, application/wsdl+xml');
    if (answer !== null && isWsdl(answer.text))
      return readContract({ path: `http://backend${target}`, text: answer.text });
  }
  const other = orElse();
  if (other !== null && (await isKnownTo(instance, other))) return other;
  throw new Fault(
    'no-contract',
    `No contract was found in the folder, and the running backend serves none (asked for ${places.slice(0, 4).join(', ')} and ${places.length - 4} more, and looked for its address on pages such as ${pages.slice(0, 2).join(' and ')}).${isOpen ? refusal(refused) : ''}${other === null ? '' : ` ${other.source} holds a document that this backend does not serve: \`--contract FILE\` if it is its own.`}`,
  );
}

interface Answer {
  /** Where it came from in the end. */
  readonly target: string;
  readonly text: string;
}

/** Where a redirect on the same server leads to. */
function movedTo(exchange: Exchange, authority: string): string | null {
  const location = responseHeaderOf(exchange, 'location');
  if (location === undefined || ![301, 302, 303, 307, 308].includes(exchange.response?.status ?? 0)) return null;
  const url = URL.parse(location, `http://${authority}${exchange.request.target}`);
  return url?.host === authority ? url.pathname + url.search : null;
}

function refusal(refused: readonly string[]): string {
  const [first] = refused;
  if (first === undefined) return '';
  const more = refused.length === 1 ? 'asks' : `and ${refused.length - 1} more ask`;
  return ` ${first} ${more} for a password: save the document that it shows as openapi.json in the folder.`;
}

function contractIn(target: string, text: string): Contract | null {
  return isDocument(text) ? readContract({ path: `http://backend${target}`, text }) : null;
}

/** A web application may answer any path with its page, so a mere mention is not enough. */
function isDocument(text: string): boolean {
  return !/^\s*</.test(text) && /["']?(openapi|swagger)["']?\s*:/.test(text.slice(0, 65_536));
}

function isWsdl(text: string): boolean {
  return /<(?:[\w.-]+:)?definitions\b[^>]*http:\/\/schemas\.xmlsoap\.org\/wsdl\//.test(text.slice(0, 65_536));
}
