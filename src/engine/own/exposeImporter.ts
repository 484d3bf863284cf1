import * as comlink from 'comlink';
import { READY } from '../ready.ts';
import { Importer } from './importer.ts';
import { openOpfs, webLocks } from './opfs.ts';

export function exposeImporter(): void {
  comlink.expose(new Importer(async () => ({ disk: await openOpfs(), locks: webLocks() })));
  self.postMessage(READY);
}
