import type { SqlValue } from '@assay/contract';
import { decodeArray } from './array.ts';
import { printInet, printMac } from './network.ts';
import { decodeNumeric, printFloat4 } from './numeric.ts';
import { arrayOids, firstOwnOid, oid } from './oids.ts';
import { printDate, printInterval, printTime, printTimestamp, printZone } from './temporal.ts';

/** Longer values are cut, so that a few uploads do not fill the memory. In UTF-16 units of the decoded text. */
export const longestValue = 16 * 1024;

/** Decodes a parameter sent as text. Numbers and booleans become such when the type is known; the rest stays as it was sent. */
export function decodeText(type: number, text: string): SqlValue {
  switch (type) {
    case oid.bool:
      return decodeBool(text);
    case oid.int2:
    case oid.int4:
    case oid.oid:
    case oid.int8: {
      const value = Number(text);
      return /^\s*[+-]?\d+\s*$/.test(text) && Number.isSafeInteger(value) ? value : text;
    }
    case oid.float4:
    case oid.float8: {
      const value = Number(text);
      return text.trim() !== '' && Number.isFinite(value) ? value : text;
    }
    default:
      return shortened(text);
  }
}

/** Decodes a parameter sent in binary; what cannot be decoded is shown as `\x…`. */
export function decodeBinary(type: number, bytes: Buffer): SqlValue {
  try {
    const value = binaryValue(type, bytes);
    return typeof value === 'string' ? shortened(value) : value;
  } catch (error) {
    // Bytes that are not what their type says: too short, most often.
    if (error instanceof RangeError) return hex(bytes);
    throw error;
  }
}

function binaryValue(type: number, bytes: Buffer): SqlValue {
  switch (type) {
    case oid.bool:
      return bytes.readUInt8(0) !== 0;
    case oid.int2:
      return bytes.readInt16BE(0);
    case oid.int4:
      return bytes.readInt32BE(0);
    case oid.oid:
      return bytes.readUInt32BE(0);
    case oid.int8: {
      const value = bytes.readBigInt64BE(0);
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    }
    case oid.float4:
      return printFloat4(bytes.readFloatBE(0));
    case oid.float8: {
      const value = bytes.readDoubleBE(0);
      return Number.isFinite(value) ? value : String(value);
    }
    case oid.numeric:
      return decodeNumeric(bytes, longestValue);
    case oid.char:
    case oid.name:
    case oid.text:
    case oid.varchar:
    case oid.bpchar:
    case oid.unknown:
    case oid.json:
    case oid.xml:
      return bytes.toString('utf8');
    case oid.jsonb:
      return bytes[0] === 1 ? bytes.toString('utf8', 1) : hex(bytes);
    case oid.uuid:
      return printUuid(bytes);
    case oid.date:
      return printDate(bytes.readInt32BE(0));
    case oid.time:
      return printTime(bytes.readBigInt64BE(0));
    case oid.timetz:
      return printTime(bytes.readBigInt64BE(0)) + printZone(bytes.readInt32BE(8));
    case oid.timestamp:
      return printTimestamp(bytes.readBigInt64BE(0), '');
    case oid.timestamptz:
      return printTimestamp(bytes.readBigInt64BE(0), '+00');
    case oid.interval:
      return printInterval(bytes.readInt32BE(12), bytes.readInt32BE(8), bytes.readBigInt64BE(0));
    case oid.inet:
    case oid.cidr:
      return printInet(bytes);
    case oid.macaddr:
      return printMac(bytes, 6);
    case oid.macaddr8:
      return printMac(bytes, 8);
    default:
      if (arrayOids.has(type)) return decodeArray(bytes, arrayElement, longestValue);
      return type < firstOwnOid ? hex(bytes) : ownValue(bytes);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Of a type that is not built in. Enums, citext and domains over texts are sent as their text is; what is made of numbers or parts has bytes that
 * no text has.
 */
function ownValue(bytes: Buffer): string {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return hex(bytes);
  }
  return /[^\P{Cc}\t\n\r]/u.test(text) ? hex(bytes) : text;
}

function arrayElement(type: number, bytes: Buffer): string {
  // PostgreSQL has none; each level would double the backslashes of those within.
  if (arrayOids.has(type)) throw new RangeError('an array of arrays');
  const value = binaryValue(type, bytes);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return String(value);
}

function decodeBool(text: string): SqlValue {
  const word = text.trim().toLowerCase();
  if (word === 't' || word === 'true' || word === '1' || word === 'on' || word === 'yes' || word === 'y') return true;
  if (word === 'f' || word === 'false' || word === '0' || word === 'off' || word === 'no' || word === 'n') return false;
  return text;
}

function printUuid(bytes: Buffer): string {
  if (bytes.length !== 16) return hex(bytes);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function hex(bytes: Buffer): string {
  const shown = bytes.length * 2 > longestValue ? bytes.subarray(0, longestValue / 2) : bytes;
  return `\\x${shown.toString('hex')}${shown.length < bytes.length ? '…' : ''}`;
}

function shortened(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
