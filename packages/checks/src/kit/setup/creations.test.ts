import { describe, expect, it } from 'vitest';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { creatable, creations, keptResources, madeBy } from './creations.ts';
import { Setup } from './setup.ts';

const body = (schema: object) => ({ content: { 'application/json': { schema } } });
const person = { type: 'object', required: ['email'], properties: { email: { type: 'string', maxLength: 60 } } };
const people = contractOf({
  '/people': { post: { requestBody: body(person as never), responses: { 201: { description: '' } } } },
  '/people/{id}': {
    get: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: '' } },
    },
  },
} as never);

describe('creations', () => {
  it('are ready to be sent, each unlike the others, and send nothing', async () => {
    const instance = scripted(() => [201, null, { location: '/people/1' }]);
    const context = contextOf(people, instance);
    const ready = await creations(context, new Setup(context), firstOf(keptResources(context.shape.resources)), 3);
    expect(instance.asked).toEqual([]);
    expect(new Set(ready.map(({ request }) => request.body)).size).toBe(3);
  });

  it('tell what they made by the answer, when it acknowledges', async () => {
    const context = contextOf(
      people,
      scripted(() => [201]),
    );
    const [creation] = await creations(context, new Setup(context), firstOf(keptResources(context.shape.resources)), 1);
    if (creation === undefined) throw new Error('there is one');
    const created = exchangeOf('POST /people', 201, { headers: { location: '/people/9' } });
    expect(madeBy(creation, created)).toMatchObject({ resource: 'people', id: '9' });
    expect(madeBy(creation, exchangeOf('POST /people', 503))).toBeNull();
  });

  it('leave out accounts that nobody else can read', async () => {
    const operation = people.operations.find(({ method }) => method === 'POST')?.id ?? '';
    const told = async (read: number) => {
      const instance = scripted((line) => (line.startsWith('POST') ? [201, null, { location: '/people/1' }] : [read]));
      const context = contextOf(people, instance);
      const signUp = { operation, login: '/email', password: '/password' };
      const signIn = { signUp, login: null, token: { kind: 'undescribed' }, schemes: [] } as const;
      return creatable({ ...context, shape: { ...context.shape, signIn } }, new Setup(context));
    };
    expect((await told(200)).resources).toHaveLength(1);
    expect(await told(404)).toMatchObject({
      resources: [],
      trouble: expect.stringContaining('hidden from whoever reads it'),
    });
  });

  it('leave out what is never shown, and what the next one takes the place of', async () => {
    const told = async (isShown: (id: number, made: number, reads: number) => boolean) => {
      let made = 0;
      let reads = 0;
      const instance = scripted((line) =>
        line.startsWith('POST')
          ? [201, null, { location: `/people/${(made += 1)}` }]
          : [isShown(Number(line.split('/').at(-1)), made, (reads += 1)) ? 200 : 404],
      );
      const context = contextOf(people, instance);
      return creatable(context, new Setup(context), 500);
    };
    expect((await told(() => true)).made.map(({ id }) => id)).toEqual(['1', '2']);
    // A read model that follows what was written.
    expect((await told((_id, _made, reads) => reads > 3)).resources).toHaveLength(1);
    for (const isShown of [() => false, (id: number, made: number) => id === made])
      expect(await told(isShown)).toMatchObject({
        resources: [],
        made: [],
        trouble: expect.stringMatching(/is not shown: GET \/people\/1 answered 404$/),
      });
  });

  it('are not acknowledged with 202', async () => {
    const context = contextOf(
      people,
      scripted(() => [202]),
    );
    const [creation] = await creations(context, new Setup(context), firstOf(keptResources(context.shape.resources)), 1);
    const accepted = exchangeOf('POST /people', 202, { headers: { location: '/people/9' } });
    expect(creation === undefined ? creation : madeBy(creation, accepted)).toBeNull();
  });

  it('says why nothing can be made', async () => {
    const context = contextOf(
      people,
      scripted(() => [401]),
    );
    const found = await creatable(context, new Setup(context));
    expect(found.resources).toEqual([]);
    expect(found.trouble).toContain('answered 401');
  });
});
