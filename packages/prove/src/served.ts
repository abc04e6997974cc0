import { bodyText, type Contract, Fault, readContract } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';

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
  '/openapi',
  '/schema',
];

/** Asks a running backend for its own document. Throws the fault no-contract when it serves none. */
export async function servedContract(instance: EngineInstance): Promise<Contract> {
  for (const target of places) {
    const exchange = await instance.send(
      { method: 'GET', target, headers: [['accept', 'application/json, application/yaml']] },
      { check: 'launch/starts' },
    );
    const text = bodyText(exchange.response?.body);
    if (exchange.response?.status === 200 && /["']?(openapi|swagger)["']?\s*:/.test(text.slice(0, 65_536))) {
      return readContract({ path: `http://backend${target}`, text });
    }
  }
  throw new Fault(
    'no-contract',
    `No contract was found in the folder, and the running backend serves none (asked for ${places.slice(0, 4).join(', ')} and ${places.length - 4} more).`,
  );
}
