import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { exactTable, toCsv } from './csv.ts';
import { download } from './download.ts';
import { fileStem, slug } from './fileStem.ts';
import { naming } from './naming.ts';
import { figurePicture, hasPixels, themeNow, type PictureTheme } from './picture.ts';
import { pngOf, PNG_SCALE } from './png.ts';
import type { SaveMenuProps } from './SaveButton.tsx';
import './saveMenu.css';

const GAP = 6;

/** The formats of one chart; closes by Escape, by a press elsewhere, and once something is saved. */
export function SaveMenu({ button, title, behind, close }: SaveMenuProps): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const [theme, setTheme] = useState<PictureTheme>(themeNow);
  const [problem, setProblem] = useState<string | null>(null);
  const figure = button.closest<HTMLElement>('figure, section');

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    const place = (): void => {
      const at = button.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = element;
      const below = at.bottom + GAP + height <= window.innerHeight;
      element.style.left = `${Math.max(GAP, Math.min(at.right - width, window.innerWidth - width - GAP))}px`;
      element.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - height)}px`;
    };
    place();
    element.querySelector('button')?.focus({ preventScroll: true });
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [button]);

  useEffect(() => {
    const element = menu.current;
    const onToggle = (event: Event): void => {
      if ((event as ToggleEvent).newState === 'closed') close();
    };
    element?.addEventListener('toggle', onToggle);
    return () => element?.removeEventListener('toggle', onToggle);
  }, [close]);

  const save = async (make: (figure: HTMLElement, stem: string) => Promise<void> | void): Promise<void> => {
    setProblem(null);
    try {
      if (figure === null) throw new Error('The chart is gone.');
      const spec = naming.shownSpec();
      await make(figure, `${spec === null ? 'silent-failure-lab' : fileStem(spec)}_${slug(title)}`);
      menu.current?.hidePopover();
      button.focus({ preventScroll: true });
    } catch (error) {
      setProblem(`It could not be saved: ${(error as Error).message}`);
    }
  };
  return (
    <div ref={menu} popover="auto" role="dialog" aria-labelledby={titleId} className="save-menu">
      <p id={titleId} className="save-menu-title">
        Save {title}
      </p>
      <div className="save-menu-formats">
        <button
          type="button"
          className="chart-button"
          onClick={() =>
            void save(async (from, stem) => {
              const { svg } = await figurePicture(from, title, theme);
              download(`${stem}-${theme}.svg`, svg, 'image/svg+xml');
            })
          }
        >
          SVG
        </button>
        <button
          type="button"
          className="chart-button"
          onClick={() =>
            void save(async (from, stem) => {
              download(`${stem}-${theme}.png`, await pngOf(await figurePicture(from, title, theme)), 'image/png');
            })
          }
        >
          PNG, {PNG_SCALE}×
        </button>
        <button
          type="button"
          className="chart-button"
          disabled={(behind()?.data ?? null) === null}
          onClick={() =>
            void save((_, stem) => {
              const table = exactTable(behind());
              if (table === null) throw new Error('there is no result yet');
              download(`${stem}.csv`, toCsv(table), 'text/csv');
            })
          }
        >
          CSV
        </button>
      </div>
      <fieldset className="save-menu-theme">
        <legend>Pictures in</legend>
        {(['light', 'dark'] as const).map((name) => (
          <label key={name}>
            <input type="radio" name={titleId} checked={theme === name} onChange={() => setTheme(name)} />
            {name === 'light' ? 'Light' : 'Dark'}
          </label>
        ))}
      </fieldset>
      <p className="save-menu-note">
        Pictures are as wide as the chart is now; text is in the fonts of the system. The CSV has every digit.
        {figure !== null &&
          hasPixels(figure) &&
          ' The marks here are pixels: the SVG holds them as an embedded picture.'}
      </p>
      {problem !== null && (
        <p role="alert" className="save-menu-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
