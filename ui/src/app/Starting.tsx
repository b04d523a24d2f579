import { Sign } from './Brand';

/** What index.html shows until the interface runs, and the interface until it knows who is there. */
export function Starting() {
  return (
    <div className="starting">
      <Sign size={36} />
      <span>医守 Medward</span>
    </div>
  );
}
