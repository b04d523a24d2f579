import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env.MEDWARD_BIN ?? fileURLToPath(new URL('../../bin/medward', import.meta.url));

/** Founds a demo hospital in a folder of its own, serves it on a free port, and takes both away at the end. */
export default async function house(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'medward-story-'));
  const data = join(folder, 'data');
  execFileSync(binary, ['init', '--demo', '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn(binary, ['serve', '--data', data, '--listen', 'localhost:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.env.MEDWARD_URL = await addressOf(server);
  return async () => {
    await ended(server);
    rmSync(folder, { recursive: true });
  };
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const address = /https:\/\/\S+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`medward serve ended with ${code ?? 'a signal'}: ${said}`)));
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.removeAllListeners('exit');
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}
