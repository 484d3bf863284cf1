/**
 * Shuts every way out of this origin before anything else is evaluated. A Content-Security-Policy header binds workers
 * too, but static hosts that send none must not weaken the promise that nothing leaves the browser.
 */
function sameOrigin(target: string | URL): URL {
  const url = new URL(target, self.location.href);
  if (url.origin !== self.location.origin && url.protocol !== 'blob:' && url.protocol !== 'data:') {
    throw new TypeError(`The lab does not contact other origins: ${url.origin}`);
  }
  return url;
}

const originalFetch = self.fetch.bind(self);
self.fetch = async (input, init) => {
  sameOrigin(input instanceof Request ? input.url : input);
  return originalFetch(input, { ...init, redirect: 'error' });
};

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

for (const name of ['WebSocket', 'EventSource', 'WebTransport', 'Worker', 'SharedWorker', 'importScripts']) {
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
