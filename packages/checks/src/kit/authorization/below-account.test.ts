import { expect, it } from 'vitest';
import { check } from '../../security/object-authorization.ts';
import { type Security, shop, shopContract, type ShopFlaws } from '../setup/shop-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';

async function keysOf(flaws: ShopFlaws, security: Security = 'bearer') {
  const { findings } = judged(check, await check.probe(await shop(flaws, security)), shopContract(security));
  return findings.map(({ key }) => key);
}

it('finds a list of another one’s things that tells all of what they may not read', async () => {
  const context = await shop({ ownerless: ['listOrdersOf'] });
  expect(judged(check, await check.probe(context), shopContract()).findings).toMatchObject([
    {
      key: 'listOrdersOf list',
      severity: 'high',
      title: expect.stringMatching(
        /^GET \/users\/[\w…-]+\/orders answered 200 to somebody who listed what somebody else/,
      ),
    },
  ]);
});

it('says nothing of a list with less than the thing itself, nor of one that everybody may see', async () => {
  expect(await keysOf({ ownerless: ['listOrdersOf'], titles: true })).toEqual([]);
  expect(await keysOf({ page: true })).toEqual([]);
});

it('finds it in a page for everybody, where the contract has everybody read the thing itself as well', async () => {
  expect(await keysOf({ page: true }, 'readable')).toEqual(['listOrdersOf list']);
});

it('says nothing of a list of what others may read', async () => {
  expect(await keysOf({ ownerless: ['listOrdersOf', 'getOrder'] })).not.toContain('listOrdersOf list');
});
