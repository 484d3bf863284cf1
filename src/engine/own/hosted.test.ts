import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHosted, urlBeside } from './hosted.ts';

const SITE = 'https://lab.example/x/index.html';

describe('a file beside the page', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is fetched with progress and keeps its name', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: URL) => {
      asked.push(String(url));
      return new Response(Uint8Array.of(1, 2, 3), { headers: { 'Content-Length': '3' } });
    });
    const seen: unknown[] = [];
    const files = await openHosted(['data/a%20b.npy', './y.csv'], SITE, (...progress) => seen.push(progress));
    expect(asked).toEqual(['https://lab.example/x/data/a%20b.npy', 'https://lab.example/x/y.csv']);
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ['a b.npy', 3],
      ['y.csv', 3],
    ]);
    expect(new Uint8Array(await files[0].arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    expect(seen.at(-1)).toEqual(['y.csv', 3, 3]);
  });

  it.each([
    'https://elsewhere.example/a.npy',
    '//elsewhere.example/a.npy',
    '\\\\elsewhere.example/a.npy',
    '../outside.npy',
    'data/../../outside.npy',
    'data/%2e%2e/%2e%2e/outside.npy',
    '/outside.npy',
    'http://lab.example/x/a.npy',
    'blob:https://lab.example/1',
    'data:text/csv,a',
    'https://[',
  ])('is nothing but beside the page: %s is refused before any request', async (path) => {
    const fetching = vi.fn();
    vi.stubGlobal('fetch', fetching);
    expect(() => urlBeside(path, SITE)).toThrow('it does not lie beside this page');
    await expect(openHosted(['a.npy', path], SITE)).rejects.toThrow('Name a file beside the lab');
    expect(fetching).not.toHaveBeenCalled();
  });

  it('that is missing, or is a page instead, is named with what to do', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(openHosted(['a.npy'], SITE)).rejects.toThrow('a.npy: the server answered 404. Check');
    vi.stubGlobal('fetch', async () => new Response('<p>', { headers: { 'Content-Type': 'text/html' } }));
    await expect(openHosted(['a.npy'], SITE)).rejects.toThrow('a.npy: the server answered with a web page.');
  });
});
