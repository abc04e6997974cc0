import { bodyText, type Contract, type HeaderFields, type Instance, withSoapValue } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check as noServerError } from '../contract/no-server-error.ts';
import { check as envelopeValid } from './envelope-valid.ts';
import { check as faults } from './faults.ts';
import { told } from './told-for-tests.ts';
import { check as wsdlServed } from './wsdl-served.ts';

interface Sent {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** The service as if its server wrote what it answers in another form. Reasons of faults get a letter that every encoding has bytes of its own for. */
function rewritten(write: (xml: string) => Sent) {
  return (instance: Instance, contract: Contract): Instance => ({
    ...instance,
    send: async (spec, options) => {
      const exchange = await instance.send(spec, options);
      const { response } = exchange;
      if (response === undefined) return exchange;
      const text = bodyText(response.body).replace('not valid', 'not válid');
      if (!text.startsWith('<')) return exchange;
      const { bytes, contentType } = write(text);
      const headers: HeaderFields = [['content-type', contentType]];
      const { status, reason } = response;
      const body = bytes.toString('utf8').includes('\uFFFD')
        ? { base64: bytes.toString('base64') }
        : { text: bytes.toString('utf8') };
      return withSoapValue(contract, { ...exchange, response: { status, reason, headers, body } });
    },
  });
}

const declared = (xml: string, encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>${xml.replace(/^<\?xml[^>]*\?>/, '')}`;

/** What the encoding has no byte for goes as a character reference. */
const latin1 = (xml: string) =>
  Buffer.from(
    declared(xml, 'ISO-8859-1').replaceAll(/[^\0-\xff]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`),
    'latin1',
  );

const forms: Readonly<Record<string, (xml: string) => Sent>> = {
  'ISO-8859-1': (xml) => ({
    bytes: latin1(xml),
    contentType: 'text/xml; charset=ISO-8859-1',
  }),
  'ISO-8859-1, as the declaration alone says': (xml) => ({
    bytes: latin1(xml),
    contentType: 'text/xml',
  }),
  'UTF-16 with a mark': (xml) => ({
    bytes: Buffer.from(`\uFEFF${declared(xml, 'utf-16')}`, 'utf16le'),
    contentType: 'text/xml; charset=utf-16',
  }),
  'UTF-8 with a declaration of UTF-16': (xml) => ({
    bytes: Buffer.from(declared(xml, 'utf-16')),
    contentType: 'text/xml; charset=utf-8',
  }),
  'multipart/related, as MTOM has it': (xml) => ({
    bytes: Buffer.from(
      `--uuid:1\r\nContent-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\nContent-ID: <root@x>\r\n\r\n${xml}\r\n--uuid:1--`,
    ),
    contentType:
      'multipart/related; type="application/xop+xml"; boundary="uuid:1"; start="<root@x>"; start-info="text/xml"',
  }),
};

describe.each(Object.entries(forms))('answers in %s', (_, write) => {
  const passed = { status: 'passed', findings: [] };

  it('are read by the checks', async () => {
    const seen = rewritten(write);
    expect(await told(envelopeValid, [], '1.1', 'document', seen)).toMatchObject(passed);
    expect(await told(faults, [], '1.1', 'document', seen)).toMatchObject(passed);
    expect(await told(noServerError, [], '1.1', 'document', seen)).toMatchObject(passed);
    expect(await told(wsdlServed, [], '1.1', 'document', seen)).toMatchObject(passed);
  });

  it('are still held against the schema', async () => {
    const { status } = await told(envelopeValid, ['elements-swapped'], '1.1', 'document', rewritten(write));
    expect(status).toBe('failed');
  });
});
