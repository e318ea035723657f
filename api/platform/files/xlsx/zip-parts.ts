/**
 * Protects: what is unpacked is bounded, and so is what its XML makes a parser hold: a tag in a tag in a tag, or one tag
 * that never ends, costs no more than its first bytes. Only the parts that are asked for are unpacked, as a stream, and
 * counted.
 *
 * yauzl reads the zip, saxes its XML: both small and in wide use. No XLSX library among those alive keeps merged cells
 * while it streams, and none bounds what it unpacks.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { fileProblem, type FileProblem } from '../file-problems.ts';
import { LIMITS } from '../limits.ts';

/** A workbook has a dozen parts; thousands of pictures are no reason to refuse it, a million entries are. */
const MOST_ENTRIES = 10_000;
const CHUNK = 32 * 1024;

export type Zip = { readonly file: ZipFile; readonly entries: ReadonlyMap<string, Entry>; expanded: number };

export async function openZip(bytes: Uint8Array): Promise<Zip | FileProblem> {
  const file = await new Promise<ZipFile | undefined>((resolve) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    fromBuffer(buffer, { lazyEntries: true }, (error, opened) =>
      resolve(error === null ? opened : undefined),
    );
  });
  if (file === undefined) return fileProblem('broken-xlsx');
  const entries = new Map<string, Entry>();
  const whole = await new Promise<boolean>((resolve) => {
    file.on('error', () => resolve(false));
    file.on('end', () => resolve(true));
    file.on('entry', (entry: Entry) => {
      // Some exporters write names with a leading slash or in another case than their references.
      entries.set(partName(entry.fileName), entry);
      if (entries.size > MOST_ENTRIES) resolve(false);
      else file.readEntry();
    });
    file.readEntry();
  });
  return whole ? { file, entries, expanded: 0 } : fileProblem('broken-xlsx');
}

export function partName(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/** What a reader of one part wants to hear. Names come without their namespace prefix (`<x:row>` is `row`). */
export type PartReader = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
  /** A problem that the reader met; the rest of the part is not unpacked. */
  readonly problem?: () => FileProblem | undefined;
  /** True once the reader has all that it wants. */
  readonly done?: () => boolean;
  /** The most that may be unpacked of a part that is no sheet. */
  readonly mostBytes?: number;
};

/** Feeds one part to its reader, a chunk a turn of the event loop, so that tills are served meanwhile. */
export async function readPart(zip: Zip, name: string, reader: PartReader): Promise<FileProblem | undefined> {
  const entry = zip.entries.get(partName(name));
  if (entry === undefined) return undefined;
  if (entry.isEncrypted()) return fileProblem('encrypted');
  const xml = xmlParser(reader);
  const decoder = new TextDecoder();
  let unpacked = 0;
  try {
    const stream = await openEntry(zip.file, entry);
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      unpacked += piece.length;
      zip.expanded += piece.length;
      if (expandsTooFar(zip.expanded, unpacked, entry.compressedSize)) return fileProblem('expands-too-far');
      if (unpacked > (reader.mostBytes ?? LIMITS.expandedBytes)) return fileProblem('expands-too-far');
      for (let at = 0; at < piece.length; at += CHUNK) {
        xml.write(decoder.decode(piece.subarray(at, at + CHUNK), { stream: true }));
        const problem = reader.problem?.() ?? xml.problem();
        if (problem !== undefined) return problem;
        if (reader.done?.() === true) return undefined;
        await nextTurn();
      }
    }
  } catch {
    // Damaged data: a wrong checksum, a stream that ends early, a size that is not the one declared.
    return fileProblem('broken-xlsx');
  }
  xml.close();
  return reader.problem?.() ?? xml.problem();
}

function openEntry(file: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)));
  });
}

function expandsTooFar(all: number, part: number, packed: number): boolean {
  if (all > LIMITS.expandedBytes) return true;
  return part > LIMITS.expansionCheckedFrom && part > packed * LIMITS.expansion;
}

function xmlParser(reader: PartReader) {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let broken = false;
  let depth = 0;
  /** Characters since the parser last let something go: what it holds of a tag, a text or a comment that has not ended. */
  let held = 0;
  let tooMuch = false;
  const letGo = (): void => {
    held = 0;
  };
  parser.on('error', () => {
    broken = true;
  });
  // No more handlers than these: with a few others V8 keeps the parser as a dictionary, and it takes twice as long.
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > LIMITS.xmlDepth) tooMuch = true;
    letGo();
    if (!tooMuch) reader.open?.(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    letGo();
    if (!tooMuch) reader.close?.(localName(tag.name));
  });
  const takeText = (text: string): void => {
    letGo();
    reader.text?.(text);
  };
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  return {
    write: (text: string) => {
      held += text.length;
      parser.write(text);
    },
    close: () => parser.close(),
    problem: () => {
      if (tooMuch || held > LIMITS.xmlToken) return fileProblem('expands-too-far');
      return broken ? fileProblem('broken-xlsx') : undefined;
    },
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
