import type { Schemas } from '@/api/client';

export type Lineage = Schemas['Lineage'];
export type Node = Schemas['LineageNode'];
export type Use = Schemas['LineageUse'];

/** In which column of the picture each kind of node stands, in the order in which data passes. */
const columnOf: Record<string, number> = { origin: 0, received: 1, document: 2, version: 3, signature: 4, issue: 5, forward: 5, sending: 6, receipt: 7, return: 7 };

export interface Placed extends Node {
  x: number;
  y: number;
}

export const box = { width: 160, height: 76, gapX: 36, gapY: 12 };

/** Puts every node into its column; columns that nothing stands in take no room. */
export function layOut(nodes: Node[]): { placed: Placed[]; width: number; height: number } {
  const used = [...new Set(nodes.map(({ kind }) => columnOf[kind] ?? 0))].sort((a, b) => a - b);
  const filled = new Map<number, number>();
  const placed = nodes.map((node) => {
    const column = used.indexOf(columnOf[node.kind] ?? 0);
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    return { ...node, x: column * (box.width + box.gapX), y: row * (box.height + box.gapY) };
  });
  const tallest = Math.max(1, ...filled.values());
  return { placed, width: used.length * (box.width + box.gapX) - box.gapX, height: tallest * (box.height + box.gapY) - box.gapY };
}

/** From which nodes each one comes. */
export function comesFrom({ nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>): Map<string, Node[]> {
  const byID = new Map(nodes.map((node) => [node.id, node]));
  const from = new Map<string, Node[]>();
  for (const edge of edges) {
    const node = byID.get(edge.from);
    if (node) from.set(edge.to, [...(from.get(edge.to) ?? []), node]);
  }
  return from;
}

/** Gives the evidence with its proofs as a file (docs/format/lineage.md). */
export function takeAlong(evidence: Lineage): void {
  const file = new Blob([JSON.stringify(evidence, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `medward-lineage-${evidence.subject.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
