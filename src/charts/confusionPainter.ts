import {
  CELL_WORDS,
  rowShare,
  type ConfusionCell,
  type ConfusionData,
  type ConfusionOptions,
} from './confusionWords.ts';
import { exact, formatCount, formatPercent } from './format.ts';
import { drawInView } from './inView.ts';
import type { ChartHandle, ChartNames } from './plot.ts';
import { htmlChild, set, setText } from './svg.ts';

const ROWS: ReadonlyArray<readonly [ConfusionCell, ConfusionCell]> = [
  ['tp', 'fn'],
  ['fp', 'tn'],
];

/** A 2 × 2 table: true class down, the probe's answer across. It is a real table, so it needs no reading cursor. */
export function createConfusionMatrix(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<ConfusionData, ConfusionOptions> {
  root.classList.add('chart');
  const table = htmlChild(root, 'table', 'confusion');
  if (names.labelledBy !== undefined) table.setAttribute('aria-labelledby', names.labelledBy);
  if (names.describedBy !== undefined) table.setAttribute('aria-describedby', names.describedBy);
  const head = htmlChild(htmlChild(table, 'thead'), 'tr');
  setText(htmlChild(head, 'td'), '');
  const heads = [0, 1].map(() => {
    const cell = htmlChild(head, 'th');
    cell.scope = 'col';
    return cell;
  });
  const body = htmlChild(table, 'tbody');
  const rows = ROWS.map((cells) => {
    const row = htmlChild(body, 'tr');
    const header = htmlChild(row, 'th');
    header.scope = 'row';
    return { header, cells: cells.map((cell) => createCell(row, cell)) };
  });

  let data: ConfusionData | null = null;
  let options: ConfusionOptions | null = null;
  const draw = (): void => {
    if (data === null || options === null) return;
    const { label1, label0 } = options;
    setText(heads[0], `Probe says: ${label1}`);
    setText(heads[1], `Probe says: ${label0}`);
    setText(rows[0].header, `Truly: ${label1}`);
    setText(rows[1].header, `Truly: ${label0}`);
    for (const row of rows) for (const cell of row.cells) cell.draw(data, options.pinned ?? null);
  };
  const drawing = drawInView(root, draw);
  return {
    update(value) {
      data = value;
      drawing.request();
    },
    setOptions(value) {
      options = value;
      draw();
    },
    resize: () => undefined,
    destroy() {
      drawing.stop();
      root.replaceChildren();
      root.classList.remove('chart');
    },
  };
}

function createCell(
  row: Element,
  cell: ConfusionCell,
): { draw(data: ConfusionData, pinned: ConfusionData | null): void } {
  const node = htmlChild(row, 'td', `confusion-cell is-${cell === 'tp' || cell === 'tn' ? 'right' : 'wrong'}`);
  setText(htmlChild(node, 'span', 'confusion-word'), CELL_WORDS[cell]);
  const count = htmlChild(node, 'span', 'confusion-count');
  count.dataset.metric = cell;
  const share = htmlChild(node, 'span', 'confusion-share');
  const bar = htmlChild(node, 'span', 'confusion-bar');
  set(bar, { 'aria-hidden': 'true' });
  return {
    draw(data, pinned) {
      const part = rowShare(data, cell);
      count.dataset.value = exact(data.confusion[cell]);
      setText(count, formatCount(data.confusion[cell]));
      setText(share, `${formatPercent(part)} of row${pinned ? ` · A ${formatCount(pinned.confusion[cell])}` : ''}`);
      bar.style.transform = `scaleX(${(part ?? 0).toFixed(4)})`;
    },
  };
}
