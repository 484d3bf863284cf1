import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, META_CONTENT_SECURITY_POLICY } from './csp.mjs';
import { SECURITY_HEADERS, chooseEncoding, createServer, listen } from './serve.mjs';

const SCRIPT = `console.log(${JSON.stringify('drift '.repeat(500))});\n`;
const PAGE = '<!doctype html><title>Lab</title>\n';
const SECRET = 'not for anyone';

let outside: string;
let root: string;
const servers: Server[] = [];

async function start(options: { base?: string } = {}): Promise<number> {
  const server = createServer({ root, ...options });
  servers.push(server);
  return listen(server, 0);
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends the path as it is: fetch would resolve '..' before sending. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

let port: number;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'serve-'));
  root = join(outside, 'dist');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, '.vite'));
  mkdirSync(join(root, 'data'));
  mkdirSync(join(outside, 'dist-private'));
  writeFileSync(join(outside, 'secret.txt'), SECRET);
  writeFileSync(join(outside, 'dist-private', 'secret.txt'), SECRET);
  writeFileSync(join(root, '.vite', 'manifest.json'), SECRET);
  writeFileSync(join(root, 'index.html'), PAGE);
  writeFileSync(join(root, 'assets', 'index-AbC_12-z.js'), SCRIPT);
  writeFileSync(join(root, 'assets', 'kernel-AbCd1234.wasm'), Buffer.alloc(4));
  writeFileSync(join(root, 'data', 'tweets base.npy'), Buffer.alloc(5000, 7));
  writeFileSync(join(root, 'site.webmanifest'), '{}');
  writeFileSync(join(root, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  symlinkSync(join(outside, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(join(outside, 'dist-private'), join(root, 'linked'));
  port = await start();
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(outside, { recursive: true, force: true });
});

test('every response carries the security headers: pages, assets, errors, redirects, 304 and 405', async () => {
  const page = await ask(port, '/');
  const answers = [
    page,
    await ask(port, '/assets/index-AbC_12-z.js', { 'Accept-Encoding': 'br' }),
    await ask(port, '/nowhere'),
    await ask(port, '/data'),
    await ask(port, '/', { 'If-None-Match': String(page.headers.etag) }),
    await ask(port, '/', {}, 'POST'),
    await ask(port, '/', {}, 'HEAD'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 308, 304, 405, 200]);
  for (const { headers } of answers) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers[name.toLowerCase()]).toBe(value);
  }
});

test('the policy lets the page reach its own origin only, run no inline code, and be embedded', () => {
  expect(CONTENT_SECURITY_POLICY).toMatch(
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/,
  );
  expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'self'");
  expect(CONTENT_SECURITY_POLICY).toContain('frame-ancestors *');
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
});

test('the meta tag for hosts without headers says the same as the header, but for frame-ancestors', () => {
  const html = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
  const content = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1];
  expect(content).toBe(META_CONTENT_SECURITY_POLICY);
  expect(`${META_CONTENT_SECURITY_POLICY}; frame-ancestors *`).toBe(CONTENT_SECURITY_POLICY);
});

test('types are those that browsers insist on under nosniff', async () => {
  const types = {
    '/': 'text/html; charset=utf-8',
    '/assets/index-AbC_12-z.js': 'text/javascript; charset=utf-8',
    '/assets/kernel-AbCd1234.wasm': 'application/wasm',
    '/data/tweets%20base.npy': 'application/octet-stream',
    '/site.webmanifest': 'application/manifest+json; charset=utf-8',
    '/icon.svg': 'image/svg+xml',
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await ask(port, path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, type]);
  }
});

test('text is compressed as the browser allows, and unpacks to the file', async () => {
  const path = '/assets/index-AbC_12-z.js';
  const br = await ask(port, path, { 'Accept-Encoding': 'gzip, deflate, br' });
  const gzip = await ask(port, path, { 'Accept-Encoding': 'gzip' });
  const plain = await ask(port, path);
  expect(br.headers['content-encoding']).toBe('br');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT);
  expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
  expect(plain.body.toString()).toBe(SCRIPT);
  expect(br.headers.vary).toBe('Accept-Encoding');
  expect(br.body.length).toBe(Number(br.headers['content-length']));
});

test('embeddings go out byte for byte, uncompressed', async () => {
  const { body, headers } = await ask(port, '/data/tweets%20base.npy', { 'Accept-Encoding': 'br' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.equals(Buffer.alloc(5000, 7))).toBe(true);
});

test('an encoding with weight 0 is refused and * stands for the rest', () => {
  expect(chooseEncoding('br;q=0, gzip')).toBe('gzip');
  expect(chooseEncoding('gzip;q=0.1, *')).toBe('br');
  expect(chooseEncoding('*;q=0')).toBeNull();
  expect(chooseEncoding('identity')).toBeNull();
  expect(chooseEncoding('')).toBeNull();
  expect(chooseEncoding(undefined)).toBeNull();
});

test('HEAD answers as GET does, without the body', async () => {
  const get = await ask(port, '/assets/index-AbC_12-z.js', { 'Accept-Encoding': 'br' });
  const head = await ask(port, '/assets/index-AbC_12-z.js', { 'Accept-Encoding': 'br' }, 'HEAD');
  expect(head.body.length).toBe(0);
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
  expect(head.headers.etag).toBe(get.headers.etag);
});

test('hashed assets are kept for ever and everything else is asked for again', async () => {
  const cache = async (path: string) => (await ask(port, path)).headers['cache-control'];
  expect(await cache('/assets/index-AbC_12-z.js')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/', '/icon.svg', '/data/tweets%20base.npy', '/nowhere'])
    expect(await cache(path)).toBe('no-cache');
});

test('an unchanged page is not sent again, a changed one is', async () => {
  const first = await ask(port, '/icon.svg');
  const again = await ask(port, '/icon.svg', { 'If-None-Match': String(first.headers.etag) });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  writeFileSync(join(root, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>');
  const changed = await ask(port, '/icon.svg', { 'If-None-Match': String(first.headers.etag) });
  expect([changed.status, changed.body.toString()]).toEqual([
    200,
    '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
  ]);
});

describe('nothing outside the folder can be read', () => {
  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//secret.txt',
    '//../secret.txt',
    '/../dist-private/secret.txt',
    '/link.txt',
    '/linked/secret.txt',
    '/%00',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/.vite/manifest.json',
    '/./index.html',
    '/C:/secret.txt',
    '/index.html/',
  ])('%s is a 404 that shows nothing of the file', async (path) => {
    const { status, body } = await ask(port, path);
    expect([status, body.includes(SECRET)]).toEqual([404, false]);
  });

  test('a folder is not listed', async () => {
    expect((await ask(port, '/data/')).status).toBe(404);
  });

  test('a redirect never leads to another host', async () => {
    for (const path of ['//example.org/data', '/%2f%2fexample.org/..', '//data']) {
      expect((await ask(port, path)).headers.location).toBeUndefined();
    }
    expect((await ask(port, '/data?x=1')).headers.location).toBe('/data/?x=1');
  });
});

test('the same folder can be served under any sub-path, and only there', async () => {
  for (const base of ['/some/path/', 'some/path']) {
    const below = await start({ base });
    expect((await ask(below, '/some/path/')).body.toString()).toBe(PAGE);
    expect((await ask(below, '/some/path/assets/index-AbC_12-z.js')).headers['cache-control']).toMatch('immutable');
    expect((await ask(below, '/some/path?a=1')).headers.location).toBe('/some/path/?a=1');
    for (const path of ['/', '/index.html', '/some/', '/some/path/../../index.html', '/some/pathindex.html']) {
      expect([path, (await ask(below, path)).status]).toEqual([path, 404]);
    }
  }
});

test('a taken port is passed over where tries allow it, and refused otherwise', async () => {
  const server = createServer({ root });
  servers.push(server);
  await expect(listen(server, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await listen(server, port, { tries: 20 })).toBeGreaterThan(port);
});

test('it listens on the loopback interface only', () => {
  expect(servers[0].address()).toMatchObject({ address: '127.0.0.1' });
});
