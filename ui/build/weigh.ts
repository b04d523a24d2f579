import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What Vite says of the parts of a build, by source file or name of the part. */
export type Manifest = Record<string, Part | undefined>;

interface Part {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

/** How much of the interface is fetched by somebody who opens a page for the first time. */
export interface Weight {
  page: string;
  bytes: number;
}

const heaviestPage = 350 * 1024;
/** A folder of its own, for it is not part of what is served. */
const manifestFolder = '.vite';
const manifestName = `${manifestFolder}/manifest.json`;
const languages = ['zh', 'en'];

/** Fails a build that has a page of more than 350 KB, as it is sent. Comes after what compresses the files. */
export function weigh(): Plugin {
  let folder = '';
  return {
    name: 'medward-weigh',
    apply: 'build',
    config: () => ({ build: { manifest: manifestName } }),
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const manifest = JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as Manifest;
        await rm(join(folder, manifestFolder), { recursive: true });
        const weights = await weightsOf(manifest, (file) => sentSize(join(folder, file)));
        this.info(weights.map(said).join(', '));
        const heavy = weights.filter(({ bytes }) => bytes > heaviestPage);
        if (heavy.length > 0) this.error(`more than ${said({ page: 'a page may have', bytes: heaviestPage })}: ${heavy.map(said).join(', ')}`);
      },
    },
  };
}

/** The weight of every page, the heaviest first, in the heavier language. */
export async function weightsOf(manifest: Manifest, sizeOf: (file: string) => Promise<number>): Promise<Weight[]> {
  const keys = Object.keys(manifest);
  const entries = keys.filter((key) => manifest[key]?.isEntry);
  const pages = keys.filter((key) => key.endsWith('Route.tsx') && manifest[key]?.isDynamicEntry);
  const weighed = pages.flatMap((page) =>
    languages.map(async (language) => {
      const files = filesOf(manifest, [...entries, `src/language/${language}.ts`, page], language);
      const sizes = await Promise.all([...files].map(sizeOf));
      return { page, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    }),
  );
  const heavierFirst = (await Promise.all(weighed)).sort((a, b) => b.bytes - a.bytes);
  return heavierFirst.filter(({ page }, index) => heavierFirst.findIndex((one) => one.page === page) === index);
}

/**
 * The files of parts with all that they import, but for what they import when it
 * is needed; the words of the rooms that are in them are needed at once.
 */
function filesOf(manifest: Manifest, roots: string[], language: string): Set<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const take = (key: string) => {
    const part = manifest[key];
    if (part === undefined) throw new Error(`the build has no part ${key}`);
    if (seen.has(key)) return;
    seen.add(key);
    [part.file, ...(part.css ?? [])].forEach((file) => files.add(file));
    part.imports?.forEach(take);
    part.dynamicImports?.filter((name) => name.endsWith(`/words.${language}.json`)).forEach(take);
  };
  roots.forEach(take);
  return files;
}

async function sentSize(path: string): Promise<number> {
  const { size } = await stat(`${path}.br`).catch(() => stat(path));
  return size;
}

const said = ({ page, bytes }: Weight) => `${page.replace(/^.*\/|\.tsx$/g, '')} ${Math.ceil(bytes / 1024)} KB`;
