import { expect, it } from 'vitest';
import { box, comesFrom, layOut, type Node } from './lineage';

const node = (id: string, kind: string): Node => ({ id, kind, name: { zh: id, en: id } });

it('puts nodes into the columns through which data passes, and leaves out empty ones', () => {
  const { placed, width, height } = layOut([node('d', 'document'), node('s', 'origin'), node('v1', 'version'), node('v2', 'version'), node('x', 'sending')]);
  const at = Object.fromEntries(placed.map(({ id, x, y }) => [id, [x, y]]));
  const step = box.width + box.gapX;
  expect(at).toEqual({ s: [0, 0], d: [step, 0], v1: [2 * step, 0], v2: [2 * step, box.height + box.gapY], x: [3 * step, 0] });
  expect(width).toBe(4 * step - box.gapX);
  expect(height).toBe(2 * (box.height + box.gapY) - box.gapY);
});

it('tells from where each node comes', () => {
  const from = comesFrom({ nodes: [node('a', 'origin'), node('b', 'document')], edges: [{ from: 'a', to: 'b' }, { from: 'nowhere', to: 'b' }] });
  expect(from.get('b')?.map(({ id }) => id)).toEqual(['a']);
  expect(from.get('a')).toBeUndefined();
});
