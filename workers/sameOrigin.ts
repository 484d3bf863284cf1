/**
 * Shuts the ways out of this origin before anything else is evaluated. A Content-Security-Policy header binds workers
 * too, but static hosts that send none must not weaken the promise that nothing leaves the browser. `import()` is syntax
 * and cannot be shut here: without the header it rests on the build, which imports nothing but its own files.
 */
function sameOrigin(target: string | URL): URL {
  const url = new URL(target, self.location.href);
  if (url.origin !== self.location.origin && url.protocol !== 'blob:' && url.protocol !== 'data:') {
    throw new TypeError(`The lab does not contact other origins: ${url.origin}`);
  }
  return url;
}

const originalFetch = self.fetch;
const guardedFetch: typeof fetch = async (input, init) => {
  sameOrigin(input instanceof Request ? input.url : input);
  return originalFetch.call(self, input, { ...init, redirect: 'error' });
};
for (let owner: object | null = self; owner; owner = Object.getPrototypeOf(owner)) {
  if (Object.hasOwn(owner, 'fetch')) {
    Object.defineProperty(owner, 'fetch', { configurable: false, writable: false, value: guardedFetch });
  }
}

if ('XMLHttpRequest' in self) {
  const open = XMLHttpRequest.prototype.open as (...rest: unknown[]) => void;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
    ...rest: unknown[]
  ) {
    sameOrigin(url);
    open.call(this, method, url, ...rest);
  };
}

const SHUT = [
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'Worker',
  'SharedWorker',
  'importScripts',
  'FontFace',
  'CacheStorage',
  'Cache',
  'caches',
];
for (const name of SHUT) {
  if (name in self) {
    Object.defineProperty(self, name, {
      configurable: false,
      writable: false,
      value: function unavailable() {
        throw new TypeError(`${name} is not available in this worker.`);
      },
    });
  }
}
