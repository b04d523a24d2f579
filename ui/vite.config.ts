import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './build/precompress.ts';
import { fetchesWords, roomWords } from './build/room-words.ts';
import { weigh } from './build/weigh.ts';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [roomWords(), react(), precompress(), mode === 'production' && weigh()],
  resolve: {
    alias: [
      { find: '@', replacement: source('./src') },
      { find: /^.*\/components\/AntdIconLight$/, replacement: source('./src/theme/Icon.tsx') },
    ],
  },
  // The server puts the nonce of each answer in the place of this word.
  html: { cspNonce: '__MEDWARD_NONCE__' },
  build: {
    target: 'chrome109',
    outDir: mode === 'gallery' ? '.gallery' : 'dist',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
            { name: 'echarts', test: /node_modules\/(echarts|zrender)\// },
            { name: 'common', minShareCount: 45, test: (id: string) => !fetchesWords(id) },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'https://localhost:8443', secure: false } } },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    restoreMocks: true,
    env: { TZ: 'Asia/Shanghai' },
  },
}));
