import { isIPv4, isIPv6 } from 'node:net';

/** Validators give a URL back as the standard writes it: `https://example.com` with a slash behind it. */
export function isSameUrl(sent: string, back: string): boolean {
  const isUrl = /^[a-z][a-z\d+.-]*:\/\//i;
  if (!isUrl.test(sent) || !isUrl.test(back)) return false;
  const href = URL.parse(sent)?.href;
  return href !== undefined && href === URL.parse(back)?.href;
}

/**
 * An IPv6 address may be written with its zeros or without, and its last part like an IPv4 address (RFC 4291, section 2.2). One that stands for an IPv4 address is that
 * address for Go and Java.
 */
export function isSameIp(sent: string, back: string): boolean {
  const host = canonical(sent);
  return host !== undefined && host === canonical(back);
}

function canonical(address: string): string | undefined {
  if (isIPv4(address)) return URL.parse(`http://[::ffff:${address}]`)?.hostname;
  return isIPv6(address) ? URL.parse(`http://[${address}]`)?.hostname : undefined;
}
