import { DataError } from '../../data/errors.ts';

/** Bytes that have come of a file; `of` is null where the server does not say how many it has. */
export type HostedProgress = (name: string, received: number, of: number | null) => void;

/**
 * Files that lie beside the page, named by paths such as "data/x.npy". Only this site's own files under `siteUrl` are
 * asked for: any other address throws DataError before a request is made.
 */
export async function openHosted(
  paths: readonly string[],
  siteUrl: string,
  onProgress: HostedProgress = () => {},
  signal?: AbortSignal,
): Promise<File[]> {
  const urls = paths.map((path) => ({ path, url: urlBeside(path, siteUrl) }));
  const files: File[] = [];
  for (const { path, url } of urls) files.push(await fetchFile(path, url, onProgress, signal));
  return files;
}

/** The address of a path beside the page. Throws DataError where it leads elsewhere. */
export function urlBeside(path: string, siteUrl: string): URL {
  const folder = new URL('.', siteUrl);
  let url: URL;
  try {
    url = new URL(path, folder);
  } catch {
    throw elsewhere(path);
  }
  if (url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) throw elsewhere(path);
  return url;
}

const elsewhere = (path: string) =>
  new DataError(path, null, 'it does not lie beside this page', 'Name a file beside the lab, such as data/x.npy');

async function fetchFile(path: string, url: URL, onProgress: HostedProgress, signal?: AbortSignal): Promise<File> {
  const name = decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1));
  let response: Response;
  try {
    response = await fetch(url, { signal, redirect: 'error' });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new DataError(path, null, 'it could not be fetched', 'Check that the server is running, then try again');
  }
  if (!response.ok || !response.body) {
    const wrong = `the server answered ${response.status}`;
    throw new DataError(path, null, wrong, 'Check that the file lies beside the page');
  }
  if (/^text\/html\b/.test(response.headers.get('Content-Type') ?? '')) {
    throw new DataError(path, null, 'the server answered with a web page', 'Check that the file lies beside the page');
  }
  const encoded = response.headers.has('Content-Encoding');
  const said = Number(response.headers.get('Content-Length'));
  const of = !encoded && said > 0 ? said : null;
  const chunks: BlobPart[] = [];
  let received = 0;
  const reader = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Blobs move to the browser's disk as they grow: a chunk that is in one leaves this thread's memory.
      chunks.push(new Blob([part.value]));
      received += part.value.length;
      onProgress(name, received, of);
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new DataError(
      path,
      null,
      `the connection broke after ${received} bytes`,
      'Check the connection, then try again',
    );
  }
  return new File(chunks, name);
}
