import { bodyText, type Contract, Fault, readContract } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { documentAddress, pages } from './served-page.ts';

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
  '/schema',
  '/schema/',
];

/** Where SOAP services usually stand; each is asked for with `?wsdl`. */
const services = ['/', '/soap', '/ws', '/service', '/services', '/api', '/api/soap', '/wsdl'];

/** How long an answer may take, and how many in a row may not come at all. */
const patienceMs = 5_000;
const mostUnanswered = 3;

/** Asks a running backend for its own document. Throws the fault no-contract when it serves none. */
export async function servedContract(instance: EngineInstance): Promise<Contract> {
  let unanswered = 0;
  const ask = async (target: string, accept: string): Promise<string | null> => {
    // A server that leaves unknown paths without an answer would be waited for at each of them.
    if (unanswered >= mostUnanswered) return null;
    const { response, error } = await instance.send(
      { method: 'GET', target, headers: [['accept', accept]] },
      { check: 'launch/starts', timeoutMs: patienceMs },
    );
    unanswered = error?.kind === 'timeout' ? unanswered + 1 : 0;
    return response?.status === 200 ? bodyText(response.body) : null;
  };
  const contractAt = async (target: string): Promise<Contract | null> => {
    const text = await ask(target, 'application/json, application/yaml');
    return text !== null && isDocument(text) ? readContract({ path: `http://backend${target}`, text }) : null;
  };
  for (const target of places) {
    const contract = await contractAt(target);
    if (contract !== null) return contract;
  }
  for (const page of pages) {
    const html = await ask(page, 'text/html');
    const address = html === null ? null : documentAddress(html, page);
    const contract = address === null ? null : await contractAt(address);
    if (contract !== null) return contract;
  }
  for (const service of services) {
    const target = `${service}?wsdl`;
    const text = await ask(target, 'text/xml, application/wsdl+xml');
    if (text !== null && isWsdl(text)) return readContract({ path: `http://backend${target}`, text });
  }
  throw new Fault(
    'no-contract',
    `No contract was found in the folder, and the running backend serves none (asked for ${places.slice(0, 4).join(', ')} and ${places.length - 4} more, and looked for its address on pages such as ${pages.slice(0, 2).join(' and ')}).`,
  );
}

/** A web application may answer any path with its page, so a mere mention is not enough. */
function isDocument(text: string): boolean {
  return !/^\s*</.test(text) && /["']?(openapi|swagger)["']?\s*:/.test(text.slice(0, 65_536));
}

function isWsdl(text: string): boolean {
  return /<(?:[\w.-]+:)?definitions\b[^>]*http:\/\/schemas\.xmlsoap\.org\/wsdl\//.test(text.slice(0, 65_536));
}
