import { SocketAddress } from 'node:net';

/** PostgreSQL's own numbers for the families of addresses: AF_INET, and one more. */
const version4 = 2;
const version6 = 3;

/** Prints an inet or cidr as PostgreSQL does: an inet without its mask where that is of a single host. */
export function printInet(bytes: Buffer): string {
  const family = bytes.readUInt8(0);
  const bits = bytes.readUInt8(1);
  const isNetwork = bytes.readUInt8(2) !== 0;
  const address = bytes.subarray(4);
  const size = family === version4 ? 4 : 16;
  if ((family !== version4 && family !== version6) || bytes.readUInt8(3) !== size || address.length !== size)
    throw new RangeError('no address of a known family');
  const text = family === version4 ? address.join('.') : printVersion6(address);
  return isNetwork || bits !== size * 8 ? `${text}/${bits}` : text;
}

/** Prints a macaddr or macaddr8. */
export function printMac(bytes: Buffer, size: 6 | 8): string {
  if (bytes.length !== size) throw new RangeError(`an address of ${bytes.length} bytes`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function printVersion6(address: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16));
  return new SocketAddress({ family: 'ipv6', address: groups.join(':') }).address;
}
