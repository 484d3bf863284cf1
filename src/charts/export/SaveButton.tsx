import { useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { GetBehind } from './behind.ts';

export interface SaveMenuProps {
  readonly button: HTMLElement;
  readonly title: string;
  readonly behind: GetBehind;
  readonly close: () => void;
}

interface Menu {
  readonly button: HTMLElement;
  /** Null where the code did not arrive. */
  readonly Body: ComponentType<SaveMenuProps> | null;
}

/** Opens the menu that saves a chart; its code arrives with the first press. */
export function SaveButton({ title, behind }: { readonly title: string; readonly behind: GetBehind }): ReactNode {
  const [menu, setMenu] = useState<Menu | null>(null);
  // A press outside closes the menu before the click of the same press arrives here.
  const wasOpen = useRef(false);
  const open = Boolean(menu?.Body);
  const press = (button: HTMLElement): void => {
    if (open || wasOpen.current) return setMenu(null);
    import('./SaveMenu.tsx').then(
      ({ SaveMenu }) => setMenu({ button, Body: SaveMenu }),
      () => setMenu({ button, Body: null }),
    );
  };
  return (
    <>
      <button
        type="button"
        className="chart-button"
        aria-label={`Save ${title}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerDown={() => (wasOpen.current = open)}
        onClick={({ currentTarget, detail }) => {
          if (detail === 0) wasOpen.current = false;
          press(currentTarget);
        }}
      >
        Save
      </button>
      {menu?.Body === null && <span role="alert">It could not be loaded. Press again, or reload the page.</span>}
      {menu?.Body && <menu.Body button={menu.button} title={title} behind={behind} close={() => setMenu(null)} />}
    </>
  );
}
