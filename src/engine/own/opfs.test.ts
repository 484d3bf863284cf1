import { afterEach, describe, expect, it, vi } from 'vitest';
import { openOpfs } from './opfs.ts';

describe('a browser without private files', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is told plainly, with what to do', async () => {
    vi.stubGlobal('navigator', {});
    await expect(openOpfs()).rejects.toThrow(
      'Own data: this browser keeps no files for this page. Open the lab over https or on localhost',
    );
    const refuse = () => Promise.reject(new Error('denied'));
    vi.stubGlobal('navigator', { storage: { getDirectory: refuse } });
    await expect(openOpfs()).rejects.toThrow('keeps no files for this page (denied)');
  });
});
