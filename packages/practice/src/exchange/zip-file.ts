import { inflateRawSync } from 'node:zlib';

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, file: 0x04034b50 };

/**
 * A file of a zip, or null when there is none of that name. Never more than `most` bytes are taken out of it, whatever the zip says of its size: fflate would go through the whole stream, once for each entry that
 * points at it. Throws when the zip is damaged or the file larger. PKWARE's APPNOTE 4.3.
 */
export function readZipFile(zip: Buffer, name: string, most: number): Buffer | null {
  for (let at = directoryOf(zip); zip.readUInt32LE(at) === signatures.entry; ) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const after = at + 46 + (nameLength ?? 0);
    if (zip.toString('utf8', at + 46, after) === name) return contentOf(zip, at, most);
    at = after + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return null;
}

/** Where the list of entries begins. */
function directoryOf(zip: Buffer): number {
  // A comment of at most 65,535 bytes may follow.
  const tail = Math.max(0, zip.length - 22 - 65_535);
  for (let at = zip.length - 22; at >= tail; at--)
    if (zip.readUInt32LE(at) === signatures.end) {
      const offset = zip.readUInt32LE(at + 16);
      return offset === 0xffffffff ? directory64Of(zip, at - 20) : offset;
    }
  throw new Error('There is no end of a zip.');
}

function directory64Of(zip: Buffer, locator: number): number {
  if (zip.readUInt32LE(locator) !== signatures.locator64) throw new Error('There is no locator of a large zip.');
  const end = Number(zip.readBigUInt64LE(locator + 8));
  if (zip.readUInt32LE(end) !== signatures.end64) throw new Error('There is no end of a large zip.');
  return Number(zip.readBigUInt64LE(end + 48));
}

function contentOf(zip: Buffer, entry: number, most: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const size = zip.readUInt32LE(entry + 20);
  const at = zip.readUInt32LE(entry + 42);
  if (zip.readUInt32LE(at) !== signatures.file) throw new Error('An entry points at no file.');
  const begin = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  if (begin + size > zip.length) throw new Error('A file was cut off.');
  const content = zip.subarray(begin, begin + size);
  if (method === 8) return inflateRawSync(content, { maxOutputLength: most });
  if (method !== 0) throw new Error(`There is no way to read the method ${method}.`);
  if (size > most) throw new Error('A file is too large.');
  return content;
}
