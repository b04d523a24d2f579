import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** Serves the built gallery under the content security policy of the product. */
const folder = new URL('../.gallery/', import.meta.url).pathname;
const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8' };

createServer(async (request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', `default-src 'self'; style-src 'self' 'nonce-${nonce}'`);
  try {
    if (extname(path)) {
      response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
      response.end(await readFile(join(folder, path)));
    } else {
      const page = await readFile(join(folder, 'index.html'), 'utf8');
      response.setHeader('Content-Type', types['.html']);
      response.end(page.replaceAll('__MEDWARD_NONCE__', nonce));
    }
  } catch {
    response.writeHead(404).end();
  }
}).listen(4173, '127.0.0.1');
