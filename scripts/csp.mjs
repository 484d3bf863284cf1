/**
 * The Content-Security-Policy of every response: the page and its workers may reach their own origin and nothing else.
 * `wasm-unsafe-eval` allows compiling WebAssembly and no other evaluation. `frame-ancestors *`: other pages may embed a
 * panel of the lab.
 */
const DIRECTIVES = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': '*',
};

const spell = (entries) => entries.map(([name, value]) => `${name} ${value}`).join('; ');

export const CONTENT_SECURITY_POLICY = spell(Object.entries(DIRECTIVES));

/** For `<meta http-equiv>` on hosts that cannot set headers; browsers ignore frame-ancestors there and say so. */
export const META_CONTENT_SECURITY_POLICY = spell(
  Object.entries(DIRECTIVES).filter(([name]) => name !== 'frame-ancestors'),
);
