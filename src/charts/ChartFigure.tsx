import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Frame } from './Frame.tsx';
import type { ChartHandle, CreateChart } from './plot.ts';
import { useSettled } from './settled.ts';
import type { ChartSource } from './source.ts';
import type { ChartTable } from './table.ts';

/** What every chart component takes besides its data. */
export interface ChartProps {
  /** Heading; a default that fits is given. */
  readonly title?: string;
  readonly menu?: ReactNode;
}

export interface ChartFigureProps<T, O> {
  readonly kind: string;
  readonly title: string;
  readonly create: CreateChart<T, O>;
  readonly source: ChartSource<T>;
  /** Keep the same object while nothing in it changes. */
  readonly options: O;
  readonly sentence: (data: T, options: O) => string;
  readonly table: (data: T, options: O) => ChartTable;
  readonly menu?: ReactNode;
}

const NO_TABLE: ChartTable = { columns: ['No result yet'], rows: [] };

/**
 * Mounts a chart once and lets the source drive it. React renders the heading, the sentence and the table, and these only
 * when the source has settled.
 */
export function ChartFigure<T, O>(props: ChartFigureProps<T, O>): ReactNode {
  const { kind, title, create, source, options, sentence, table, menu } = props;
  const root = useRef<HTMLDivElement>(null);
  const handle = useRef<ChartHandle<T, O> | null>(null);
  const titleId = useId();
  const sentenceId = useId();
  const settled = useSettled(source);

  useEffect(() => {
    if (root.current === null) return;
    const chart = create(root.current, { labelledBy: titleId, describedBy: sentenceId });
    handle.current = chart;
    const first = source.get();
    if (first !== null) chart.update(first);
    const stop = source.subscribe((value) => chart.update(value));
    return () => {
      stop();
      chart.destroy();
      handle.current = null;
    };
  }, [create, source, titleId, sentenceId]);

  useEffect(() => {
    handle.current?.setOptions(options);
  }, [create, source, options, titleId, sentenceId]);

  return (
    <Frame
      kind={kind}
      title={title}
      sentence={settled === null ? 'No result yet.' : sentence(settled, options)}
      table={() => (settled === null ? NO_TABLE : table(settled, options))}
      titleId={titleId}
      sentenceId={sentenceId}
      behind={() => ({ kind, data: source.get(), options })}
      menu={menu}
    >
      <div ref={root} />
    </Frame>
  );
}
