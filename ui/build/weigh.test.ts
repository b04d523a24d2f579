import { expect, it } from 'vitest';
import { weightsOf, type Manifest } from './weigh';

const manifest: Manifest = {
  'index.html': { file: 'index.js', isEntry: true, imports: ['_react.js'], css: ['index.css'] },
  '_react.js': { file: 'react.js' },
  '_table.js': { file: 'table.js', css: ['table.css'], imports: ['_react.js'] },
  'src/language/zh.ts': { file: 'zh.js', isDynamicEntry: true },
  'src/language/en.ts': { file: 'en.js', isDynamicEntry: true },
  'src/staff/words.zh.json': { file: 'staff-zh.js', isDynamicEntry: true },
  'src/staff/words.en.json': { file: 'staff-en.js', isDynamicEntry: true },
  'src/staff/StaffRoute.tsx': {
    file: 'staff.js',
    isDynamicEntry: true,
    imports: ['_table.js', '_react.js'],
    dynamicImports: ['src/staff/Appoint.tsx', 'src/staff/words.zh.json', 'src/staff/words.en.json'],
  },
  'src/staff/Appoint.tsx': { file: 'appoint.js', isDynamicEntry: true },
  'src/ledger/LedgerRoute.tsx': { file: 'ledger.js', isDynamicEntry: true },
};
const sizes: Record<string, number> = {
  'index.js': 1,
  'index.css': 2,
  'react.js': 4,
  'zh.js': 8,
  'en.js': 7,
  'staff.js': 16,
  'table.js': 32,
  'table.css': 64,
  'ledger.js': 128,
  'appoint.js': 512,
  'staff-zh.js': 1024,
  'staff-en.js': 1030,
};
const sizeOf = (file: string) => Promise.resolve(sizes[file] ?? NaN);

const shell = 1 + 2 + 4;

it('weighs a page with all that it needs, once each, in the heavier language', async () => {
  expect(await weightsOf(manifest, sizeOf)).toEqual([
    { page: 'src/staff/StaffRoute.tsx', bytes: shell + 7 + 16 + 32 + 64 + 1030 },
    { page: 'src/ledger/LedgerRoute.tsx', bytes: shell + 8 + 128 },
  ]);
});

it('does not pass over a part that the build lacks', async () => {
  await expect(weightsOf({ ...manifest, 'src/language/en.ts': undefined }, sizeOf)).rejects.toThrow('src/language/en.ts');
});
