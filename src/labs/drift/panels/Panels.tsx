import type { PanelId } from '../../../spec/types.ts';
import { useSession, useSpec } from '../../session.tsx';
import { PANEL_GROUPS, type PanelInfo } from './panels.ts';
import './panels.css';

/** What can be opened below the main charts. */
export function Panels() {
  const open = useSpec((state) => state.spec.view.panels);
  return (
    <section className="panels" aria-labelledby="panels-title">
      <h2 id="panels-title">Look closer</h2>
      {PANEL_GROUPS.map(({ id, title, panels }) => (
        <div key={id} className="panel-group" role="group" aria-labelledby={`panels-${id}`}>
          <p className="panel-group-title" id={`panels-${id}`}>
            {title}
          </p>
          {panels.map((panel) => (
            <Panel key={panel.id} panel={panel} open={open.includes(panel.id)} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Panel({ panel, open }: { readonly panel: PanelInfo; readonly open: boolean }) {
  const { spec } = useSession();
  const { id, title, question, Body } = panel;
  const toggle = () => {
    const { panels } = spec.getState().spec.view;
    const others = panels.filter((other: PanelId) => other !== id);
    spec.getState().show({ panels: open ? others : [...others, id] });
  };
  return (
    <section className="panel" id={`panel-${id}`} data-panel={id} data-open={open} aria-label={title}>
      <h3 className="panel-head">
        <button type="button" className="panel-toggle" aria-expanded={open} onClick={toggle}>
          <span className="panel-title">{title}</span>
          <span className="panel-question">{question}</span>
        </button>
      </h3>
      {open && (
        <div className="panel-body">
          <Body />
        </div>
      )}
    </section>
  );
}
