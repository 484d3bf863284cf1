import { expect, type Page } from '@playwright/test';
import { openGroup, openLab, ready, shown, TILES } from './lab.ts';

/** Few rows, so that a network trains in moments even where the GPU is emulated on the processor. */
export const SYNTHETIC = { rows: 600, dims: 16, separation: 2.8405, spectrum: 1, meanCosine: 0.97, seed: 42 };
export const DATA = { id: 'synthetic', synthetic: SYNTHETIC };

/** The settings of a network as a spec has them, with the defaults of the lab. */
export const NETWORK = {
  hidden: 32,
  learningRate: 0.003,
  batch: 128,
  epochs: 200,
  patience: 10,
  l2: 0.0001,
  seed: 42,
};
export type Network = typeof NETWORK;

/** A network that trains at once. */
export const SMALL: Network = { ...NETWORK, hidden: 6, learningRate: 0.02, batch: 64, epochs: 12 };

const LABELS: { readonly [K in keyof Network]: string } = {
  hidden: 'Hidden units',
  learningRate: 'Learning rate',
  batch: 'Batch (rows)',
  epochs: 'Most epochs',
  patience: 'Patience (epochs)',
  l2: 'L2 penalty',
  seed: 'Training seed',
};

export async function type(page: Page, label: string, value: number | string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(String(value));
  await field.press('Enter');
}

/** Opens the lab on the small synthetic rows. */
export async function openSynthetic(page: Page): Promise<void> {
  await openLab(page);
  await page.getByLabel('Dataset').selectOption('base-like');
  await type(page, 'Rows', SYNTHETIC.rows);
  await type(page, 'Dimensions', SYNTHETIC.dims);
  await ready(page);
}

export async function chooseProbe(page: Page, kind: 'logistic' | 'mlp'): Promise<void> {
  await openGroup(page, 'Probe');
  await page.getByLabel('Kind of probe').selectOption(kind);
}

/** Types those settings of a network that differ from what the fields hold. */
export async function setNetwork(page: Page, network: Partial<Network>): Promise<void> {
  for (const key of Object.keys(network) as (keyof Network)[]) {
    if (Number(await page.getByLabel(LABELS[key], { exact: true }).inputValue()) !== network[key]) {
      await type(page, LABELS[key], network[key] ?? 0);
    }
  }
}

export async function trainNetwork(page: Page, network: Network): Promise<void> {
  await chooseProbe(page, 'mlp');
  await setNetwork(page, network);
  await ready(page);
}

export async function computeWith(page: Page, name: 'cpu' | 'webgpu'): Promise<void> {
  await openGroup(page, 'Engine and checks');
  await page.getByLabel('Compute with').selectOption(name);
  await expect(page.locator('[data-metric="backend"]')).toHaveAttribute('data-value', name, { timeout: 45_000 });
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-phase', 'ready', { timeout: 90_000 });
}

export async function openPanel(page: Page, id: string): Promise<void> {
  const panel = page.locator(`[data-panel="${id}"]`);
  if ((await panel.getAttribute('data-open')) === 'false') await panel.locator('.panel-toggle').click();
  await expect(panel).toHaveAttribute('data-open', 'true');
}

/** Full precision of a number anywhere on the page. */
export async function metric(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-metric="${name}"]`).first().getAttribute('data-value');
  return text === null || text === '' ? NaN : Number(text);
}

/** All headline tiles at once. */
export async function tiles(page: Page): Promise<number[]> {
  const values: number[] = [];
  for (const name of TILES) values.push(await shown(page, name));
  return values;
}

/** How the training on screen ended, at full precision. */
export async function trainingFacts(page: Page): Promise<Record<string, number>> {
  const facts: Record<string, number> = {};
  for (const name of ['bestEpoch', 'validationLoss', 'trainLoss', 'parameters', 'productBytes']) {
    facts[name] = await metric(page, name);
  }
  return facts;
}
