import { useTranslation } from 'react-i18next';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { box, layOut, type Lineage, type Placed } from './lineage';
import styles from './Lineage.module.css';

/** The way of the data as a picture, from left to right. What it shows stands in the list as well. */
export function Graph({ lineage }: { lineage: Lineage }) {
  const { t } = useTranslation('lineage');
  const text = useText();
  const { placed, width, height } = layOut(lineage.nodes);
  const byID = new Map(placed.map((node) => [node.id, node]));
  return (
    <div className={styles.frame} tabIndex={0} role="group" aria-label={t('graph')}>
      <div className={styles.canvas} style={{ width, height }}>
        <svg className={styles.lines} width={width} height={height} aria-hidden="true">
          {lineage.edges.map(({ from, to }) => {
            const a = byID.get(from);
            const b = byID.get(to);
            return a && b ? <path key={`${from} ${to}`} d={curve(a, b)} /> : null;
          })}
        </svg>
        {placed.map(({ id, kind, name, at, x, y }) => (
          <div key={id} className={styles.node} data-kind={kind} style={{ left: x, top: y, width: box.width, height: box.height }} title={text(name)}>
            <span className={styles.kind}>{t(`kind.${kind}` as never, { defaultValue: kind })}</span>
            <span className={styles.name}>{text(name)}</span>
            {at && (
              <span className={styles.kind}>
                <When at={at} />
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A line from the right side of one box to the left side of another, or between neighbours of a column. */
function curve(a: Placed, b: Placed): string {
  if (a.x === b.x) return `M ${a.x + box.width / 2} ${a.y + box.height} L ${b.x + box.width / 2} ${b.y}`;
  const from = { x: a.x + box.width, y: a.y + box.height / 2 };
  const to = { x: b.x, y: b.y + box.height / 2 };
  const middle = (from.x + to.x) / 2;
  return `M ${from.x} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${to.x} ${to.y}`;
}
