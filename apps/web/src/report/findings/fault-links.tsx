import type { FaultNames } from '@assay/contract';
import { Tag } from '../../design/badge.tsx';
import './fault-links.css';

/** The names the field has for a fault, as links to where they are explained. */
export function FaultLinks({ names }: { readonly names: FaultNames | undefined }) {
  if (names === undefined) return null;
  const cwe = /^CWE-(\d+)$/.exec(names.cwe ?? '')?.[1];
  const owasp = /^API(\d+):2023$/.exec(names.owasp ?? '')?.[1];
  return (
    <>
      {cwe === undefined ? null : (
        <Outside href={`https://cwe.mitre.org/data/definitions/${cwe}.html`}>{names.cwe}</Outside>
      )}
      {owasp === undefined ? null : (
        <Outside href="https://owasp.org/API-Security/editions/2023/en/0x11-t10/">{`OWASP ${names.owasp}`}</Outside>
      )}
      {names.wfc === undefined ? null : <Tag>{names.wfc}</Tag>}
    </>
  );
}

function Outside({ href, children }: { readonly href: string; readonly children: string | undefined }) {
  return (
    <a className="tag tag-link" href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
