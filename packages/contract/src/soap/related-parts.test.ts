import { expect, it } from 'vitest';
import { xmlText } from './xml-text.ts';

const multipart = 'multipart/related; boundary=b; type="application/xop+xml"; start="<root>"; start-info="text/xml"';

it('puts the bytes of attachments in their places, and takes the part that the start names', () => {
  const xop = '<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:a%40x"/>';
  const head = '--b\r\nContent-Type: application/octet-stream\r\nContent-ID: <a@x>\r\n\r\n';
  const root = `\r\n--b\r\nContent-ID: <root>\r\nContent-Type: application/xop+xml; type="text/xml"\r\n\r\n<e>${xop}</e>\r\n--b--`;
  const bytes = Buffer.concat([Buffer.from(head), Buffer.from([255, 0, 254]), Buffer.from(root)]);
  expect(xmlText({ headers: [['Content-Type', multipart]], body: { base64: bytes.toString('base64') } })).toBe(
    '<e>/wD+</e>',
  );
});

it('leaves what is no such message as it is', () => {
  expect(xmlText({ headers: [['Content-Type', multipart]], body: { text: '<e/>' } })).toBe('<e/>');
});

it('stays a text in proportion to the message, however often a part is named', () => {
  const xop = '<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:a"/>';
  const part = 'A'.repeat(200_000);
  const text = (times: number) =>
    xmlText({
      headers: [['Content-Type', multipart]],
      body: {
        text: `--b\r\nContent-ID: <root>\r\n\r\n<e>${xop.repeat(times)}</e>\r\n--b\r\nContent-ID: <a>\r\n\r\n${part}\r\n--b--`,
      },
    });
  expect(text(2)).not.toContain('Include');
  expect(text(1000).length).toBeLessThan(4_000_000);
});
