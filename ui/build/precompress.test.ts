import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compressFolder } from './precompress';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precompress-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes both encodings of a script and neither of a page', async () => {
  const script = 'export const ward = "心内科";\n'.repeat(100);
  await writeFile(join(folder, 'ward.js'), script);
  await writeFile(join(folder, 'index.html'), '<!doctype html>'.repeat(200));
  await writeFile(join(folder, 'tiny.css'), 'a{}');

  await compressFolder(folder);

  expect((await readdir(folder)).sort()).toEqual([
    'index.html',
    'tiny.css',
    'ward.js',
    'ward.js.br',
    'ward.js.gz',
  ]);
  expect(brotliDecompressSync(await readFile(join(folder, 'ward.js.br'))).toString()).toBe(script);
  expect(gunzipSync(await readFile(join(folder, 'ward.js.gz'))).toString()).toBe(script);
});
