/**
 * Files of the cache: a name, a digest of all that follows, and sections of bytes. They are read whole or not at all, and made and
 * taken apart in slices, since an editor may be waiting for an answer meanwhile. What the sections hold, their owners know.
 */
import { createHash } from 'node:crypto';

/** Lets others run where that is due. */
export type Pause = () => Promise<void> | undefined;

/** The bytes of a file with these sections, in pieces. A section may come in pieces itself. */
export async function sealSections(
  magic: string,
  sections: readonly (readonly Uint8Array[])[],
  pause: Pause,
): Promise<readonly Uint8Array[]> {
  const head = Buffer.alloc(4 + 4 * sections.length);
  head.writeUInt32LE(sections.length);
  sections.forEach((pieces, index) => {
    head.writeUInt32LE(
      pieces.reduce((sum, { length }) => sum + length, 0),
      4 + 4 * index,
    );
  });
  const body = [head, ...sections.flat()];
  return [Buffer.from(magic), await digestOf(body, pause), ...body];
}

/** The sections of such a file; null when it is none, or not as it was written. */
export async function openSections(bytes: Buffer, magic: string, pause: Pause): Promise<readonly Buffer[] | null> {
  const parts = partsOf(bytes, magic);
  return parts?.digest.equals(await digestOf([parts.body], pause)) === true ? sectionsOf(parts.body) : null;
}

/** The same without pauses, for a program that has nobody else to answer. */
export function openSectionsAtOnce(bytes: Buffer, magic: string): readonly Buffer[] | null {
  const parts = partsOf(bytes, magic);
  if (parts === null) return null;
  return createHash('sha256').update(parts.body).digest().equals(parts.digest) ? sectionsOf(parts.body) : null;
}

function partsOf(bytes: Buffer, magic: string): { readonly digest: Buffer; readonly body: Buffer } | null {
  const start = magic.length + DIGEST_BYTES;
  if (bytes.length < start + 4 || bytes.toString('latin1', 0, magic.length) !== magic) return null;
  return { digest: bytes.subarray(magic.length, start), body: bytes.subarray(start) };
}

function sectionsOf(body: Buffer): readonly Buffer[] | null {
  const count = body.readUInt32LE();
  const sections: Buffer[] = [];
  let at = 4 + 4 * count;
  for (let index = 0; index < count; index++) {
    const length = body.readUInt32LE(4 + 4 * index);
    sections.push(body.subarray(at, at + length));
    at += length;
  }
  return at === body.length ? sections : null;
}

/** How many bytes of a file tell its contents from any other's: name and digest. */
export function headLength(magic: string): number {
  return magic.length + DIGEST_BYTES;
}

/** Texts without NUL, as one section. */
export function sectionOfTexts(texts: readonly string[]): readonly Uint8Array[] {
  return texts.length === 0 ? [] : [Buffer.from(`${texts.join('\0')}\0`)];
}

export function textsOfSection(section: Buffer): readonly string[] {
  return section.length === 0 ? [] : section.toString('utf8', 0, section.length - 1).split('\0');
}

/** Whole numbers from 0 to 2³²−1, as one section. */
export function sectionOfNumbers(numbers: readonly number[]): readonly Uint8Array[] {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (let index = 0; index < numbers.length; index++) bytes.writeUInt32LE(numbers[index]!, 4 * index);
  return [bytes];
}

export function numbersOfSection(section: Buffer): readonly number[] {
  return Array.from({ length: section.length >> 2 }, (_, index) => section.readUInt32LE(4 * index));
}

const DIGEST_BYTES = 32;

/** A slice of this many bytes is digested within a few milliseconds, whatever the machine. */
const SLICE = 512 * 1024;

async function digestOf(parts: readonly Uint8Array[], pause: Pause): Promise<Buffer> {
  const digest = createHash('sha256');
  for (const part of parts) {
    for (let at = 0; at < part.length; at += SLICE) {
      digest.update(part.subarray(at, at + SLICE));
      await pause();
    }
  }
  return digest.digest();
}
