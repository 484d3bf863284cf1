import { DataError } from '../data/errors.ts';
import type { FetchBytes } from '../data/loadSet.ts';
import type { DataSource } from './dataset.ts';
import { createManifestSource } from './manifestSource.ts';

/**
 * The sets that lie in `data/` beside the page at `siteUrl`, and the rows that a person brought into this browser; nothing
 * is fetched from anywhere else.
 */
export function createSiteSource(siteUrl: string): DataSource {
  const site = createManifestSource(fetchBeside(siteUrl));
  return {
    catalogue: site.catalogue,
    load: async (data, checkpoint) =>
      data.id === 'own'
        ? (await import('./own/ownSource.ts')).loadOwnHere(data, checkpoint)
        : site.load(data, checkpoint),
  };
}

const fetchBeside =
  (siteUrl: string): FetchBytes =>
  async (path, onProgress) => {
    let response: Response;
    try {
      response = await fetch(new URL(`data/${path}`, siteUrl));
    } catch {
      throw new DataError(path, null, 'it could not be fetched', 'Check that the server is running, then try again');
    }
    if (!response.ok || !response.body) {
      throw new DataError(
        path,
        null,
        `the server answered ${response.status}`,
        'Check that data/ is served beside the page',
      );
    }
    const chunks: Uint8Array[] = [];
    let received = 0;
    const reader = response.body.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        chunks.push(part.value);
        received += part.value.length;
        onProgress?.(received, null);
      }
    } catch {
      throw new DataError(
        path,
        null,
        `the connection broke after ${received} bytes`,
        'Check the connection, then try again',
      );
    }
    const bytes = new Uint8Array(received);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  };
