import type { Dossier } from './inspection';

/** Gives the dossier with its proofs as a file (docs/format/inspection.md). */
export function takeAlong(dossier: Dossier): void {
  const file = new Blob([JSON.stringify(dossier, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `medward-inspection-${dossier.draw.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
