import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { CONTENT_SECURITY_POLICY } from './csp.mjs';
import { isMain } from './isMain.mjs';
import { ROOT } from './setup.mjs';

const compressors = {
  br: (buffer) => promisify(brotliCompress)(buffer, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (buffer) => promisify(gzip)(buffer, { level: 9 }),
};

const BINARY = {
  '.arrow': 'application/vnd.apache.arrow.file',
  '.avif': 'image/avif',
  '.bin': 'application/octet-stream',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.npy': 'application/octet-stream',
  '.npz': 'application/zip',
  '.parquet': 'application/vnd.apache.parquet',
  '.png': 'image/png',
  '.safetensors': 'application/octet-stream',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
};

/** Smaller files do not repay the header. Bytes. */
const COMPRESS_FROM = 1024;
/** Vite puts the hash of the content into these names, so they never change. */
const HASHED = /(^|\/)assets\/[^/]+-[\w-]{8}\.\w+$/;

/** Sent with every response, also with errors, redirects and 304. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  // Embedding by iframe is a navigation, which this does not restrict; it keeps other sites from loading single files.
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** '/a/b', 'a/b/' and '/a/b/' are all '/a/b/'. */
function normaliseBase(base) {
  const inner = base.split('/').filter(Boolean).join('/');
  return inner === '' ? '/' : `/${inner}/`;
}

/** The path segments below the base, or null where a name could leave the folder or reach a hidden file. */
function segmentsOf(pathname, base) {
  if (!pathname.startsWith(base)) return null;
  let decoded;
  try {
    decoded = decodeURIComponent(pathname.slice(base.length));
  } catch {
    return null;
  }
  const segments = decoded.split('/');
  const last = segments.pop();
  if (segments.some((segment) => segment === '') || /[\0\\:]/.test(decoded)) return null;
  const all = [...segments, ...(last === '' ? [] : [last])];
  return all.some((segment) => segment.startsWith('.')) ? null : { all, folder: last === '' };
}

/** The best of br and gzip that an Accept-Encoding header allows, or null. */
export function chooseEncoding(header = '') {
  const weights = new Map(
    header.split(',').map((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return [name.trim(), q === undefined ? 1 : Number(q)];
    }),
  );
  const allowed = (name) => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  return ['br', 'gzip'].find(allowed) ?? null;
}

/**
 * A static file server for a build: strict headers, brotli or gzip of text (computed at the first request, then kept),
 * ETags, and nothing outside `root`, no hidden file and no folder listing. It does not listen yet; see `listen`.
 *
 * @param {object} [options]
 * @param {string} [options.root] the folder to serve; `dist` when left out
 * @param {string} [options.base] the path it is served under, such as '/some/path/'; '/' when left out
 * @returns {http.Server}
 */
export function createServer({ root = join(ROOT, 'dist'), base = '/' } = {}) {
  const prefix = normaliseBase(base);
  const folder = resolve(root);
  const compressed = new Map();

  const compress = (path, etag, encoding) => {
    const key = `${encoding} ${etag} ${path}`;
    if (!compressed.has(key)) compressed.set(key, readFile(path).then(compressors[encoding]));
    return compressed.get(key);
  };

  /** The file behind the segments with its stats, or null: also where a symbolic link leads out of the folder. */
  const locate = async (segments) => {
    try {
      const path = await realpath(join(folder, ...segments));
      const inside = relative(await realpath(folder), path);
      if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside) return null;
      return { path, stats: await stat(path) };
    } catch {
      return null;
    }
  };

  const answer = async (request, response) => {
    const say = (status, text, headers = {}) => {
      const body = Buffer.from(`${text}\n`);
      response.writeHead(status, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': body.length,
        'Cache-Control': 'no-cache',
        ...headers,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const missing = () => say(404, `404: there is no such page here. The lab is at ${prefix}`);
    const moved = (location) => say(308, 'Moved', { Location: location });

    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return say(405, '405: this server only answers GET and HEAD.', { Allow: 'GET, HEAD' });
    }
    const [pathname, ...query] = (request.url ?? '/').split('?');
    const search = query.length === 0 ? '' : `?${query.join('?')}`;
    if (`${pathname}/` === prefix) return moved(`${prefix}${search}`);
    const wanted = segmentsOf(pathname, prefix);
    if (wanted === null) return missing();

    let found = await locate(wanted.all);
    if (found?.stats.isDirectory()) {
      if (!wanted.folder) return moved(`${prefix}${wanted.all.map(encodeURIComponent).join('/')}/${search}`);
      found = await locate([...wanted.all, 'index.html']);
    } else if (wanted.folder) return missing();
    if (!found?.stats.isFile()) return missing();

    const { path, stats } = found;
    const extension = extname(path).toLowerCase();
    const type = COMPRESSIBLE[extension];
    const encoding =
      type !== undefined && stats.size >= COMPRESS_FROM ? chooseEncoding(request.headers['accept-encoding']) : null;
    const etag = `W/"${stats.size.toString(36)}-${Math.round(stats.mtimeMs).toString(36)}"`;
    const headers = {
      'Content-Type': type ?? BINARY[extension] ?? 'application/octet-stream',
      'Cache-Control': HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: etag,
      ...(type === undefined ? {} : { Vary: 'Accept-Encoding' }),
      ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    };
    const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
    if (known.includes(etag)) {
      response.writeHead(304, { ETag: etag, 'Cache-Control': headers['Cache-Control'] });
      return response.end();
    }
    const body = encoding === null ? null : await compress(path, etag, encoding);
    response.writeHead(200, { ...headers, 'Content-Length': body?.length ?? stats.size });
    if (request.method === 'HEAD') return response.end();
    if (body !== null) return response.end(body);
    return pipeline(createReadStream(path), response);
  };

  return http.createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return; // The browser went away.
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

/**
 * Starts a server on the loopback interface.
 *
 * @param {http.Server} server
 * @param {number} port 0 takes any free one
 * @param {object} [options]
 * @param {number} [options.tries] how many ports from `port` on to try where one is taken
 * @returns {Promise<number>} the port it listens on; rejects when none was free
 */
export function listen(server, port, { tries = 1 } = {}) {
  return new Promise((resolvePort, reject) => {
    const failed = (error) => {
      if (error.code === 'EADDRINUSE' && tries > 1 && port < 65535) {
        resolvePort(listen(server, port + 1, { tries: tries - 1 }));
      } else reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolvePort(server.address().port);
    });
  });
}

/**
 * Ends the server, and then the process with exit code 0, when the terminal or the system asks for it, or when the npm
 * that started it is gone: its shell does not pass signals on, and a forgotten server would keep the port.
 */
export function closeOnSignals(server) {
  const close = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, close);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) close();
  }, 1000).unref();
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      root: { type: 'string', default: join(ROOT, 'dist') },
      port: { type: 'string', default: '4173' },
      base: { type: 'string', default: '/' },
    },
  });
  const server = createServer(values);
  const port = await listen(server, Number(values.port));
  console.log(`http://127.0.0.1:${port}${normaliseBase(values.base)}`);
  closeOnSignals(server);
}
