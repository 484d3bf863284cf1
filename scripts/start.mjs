import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { DIST, ensureBuilt } from './build.mjs';
import { closeOnSignals, createServer, listen } from './serve.mjs';
import { ensureInstalled } from './setup.mjs';

const USAGE = 'Usage: npm start -- [--port N] [--no-open]   (also: PORT=N)';

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: process.env.PORT || '4173' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`Not a port: ${values.port}`);
    return { port, open: !values['no-open'] };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

/** Only where a person sits at a desktop: a terminal, no CI, and on Linux a display. */
function openBrowser(address) {
  if (!process.stdout.isTTY || process.env.CI) return;
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const openers = {
    darwin: ['open', [address]],
    win32: ['cmd', ['/c', 'start', '', address]],
    linux: hasDisplay ? ['xdg-open', [address]] : undefined,
  };
  const opener = openers[process.platform];
  if (opener === undefined) return;
  spawn(opener[0], opener[1], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

const { port: wanted, open } = readArguments();
await ensureInstalled();
await ensureBuilt();

const server = createServer({ root: DIST });
const port = await listen(server, wanted, { tries: 50 }).catch((error) => {
  console.error(`Cannot listen on 127.0.0.1:${wanted}: ${error.message}`);
  return process.exit(1);
});
closeOnSignals(server);
if (wanted !== 0 && port !== wanted) console.error(`Port ${wanted} is taken; using ${port}.`);
const address = `http://127.0.0.1:${port}/`;
console.log(`Silent Failure Lab: ${address}`);
if (open) openBrowser(address);
