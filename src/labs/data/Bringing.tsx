import { useBringing } from './useBringing.ts';
import './bringing.css';

/** Takes in what is dropped or pasted anywhere; says so while files hover above the page, above any dialog. */
export function Bringing() {
  return useBringing() ? (
    <p className="bringing" popover="manual" ref={(shown) => shown?.showPopover()}>
      Drop files to open them here. Nothing is uploaded.
    </p>
  ) : null;
}
