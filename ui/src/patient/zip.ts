const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;
const deflated = 8;

/** No part of an office file of a few hundred lines is larger; what says it is, is not read. */
const mostBytes = 32 * 1024 * 1024;

/** Reads one file of an archive as text; undefined where the archive does not hold it. */
export type Unzip = (name: string) => Promise<string | undefined>;

/** Opens a ZIP archive; undefined where the bytes are none. */
export function openZip(bytes: Uint8Array): Unzip | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(view);
  if (!entries) return undefined;
  return async (name) => {
    const entry = entries.get(name);
    return entry && new TextDecoder().decode(await unpack(bytes, view, entry));
  };
}

interface Entry {
  method: number;
  packed: number;
  at: number;
}

function directoryOf(view: DataView): Map<string, Entry> | undefined {
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== endOfDirectory) end--;
  if (end < 0) return undefined;
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== directoryEntry) return undefined;
    const name = view.getUint16(at + 28, true);
    const tail = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (at + 46 + name > view.byteLength) return undefined;
    entries.set(new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, name)), {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + tail;
  }
  return entries;
}

async function unpack(bytes: Uint8Array, view: DataView, { method, packed, at }: Entry): Promise<Uint8Array> {
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const content = bytes.slice(from, from + packed);
  if (method === stored) return content;
  if (method !== deflated) throw new Error('a file of the archive is packed in a way that is not known');
  const packing = new Response(content).body;
  if (!packing) throw new Error('the browser gives no stream of a file');
  return bounded(packing.pipeThrough(new DecompressionStream('deflate-raw')));
}

async function bounded(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw new Error('a file of the archive is too large');
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
