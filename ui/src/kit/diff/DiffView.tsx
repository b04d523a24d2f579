import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../classes';
import { compareParagraphs, type Pair, type Piece } from './compare';
import styles from './DiffView.module.css';

export interface Section {
  key: string;
  title: string;
  text: string;
}

/** One of the two versions that are compared. */
export interface Side {
  label: ReactNode;
  sections: Section[];
}

export interface DiffViewProps {
  before: Side;
  after: Side;
}

interface ComparedSection {
  key: string;
  title: string;
  pairs: Pair[];
  changed: boolean;
  inBefore: boolean;
  inAfter: boolean;
}

/** Two versions side by side, what was taken out struck through, what was put in underlined. */
export function DiffView({ before, after }: DiffViewProps) {
  const { t } = useTranslation('kit');
  const sections = useMemo(() => compareSections(before.sections, after.sections), [before, after]);
  const count = sections.reduce((sum, section) => sum + section.pairs.filter(isChanged).length, 0);
  const [at, setAt] = useState(0);
  const frame = useRef<HTMLDivElement>(null);

  const go = (step: number) => {
    const next = at === 0 && step < 0 ? count : ((at - 1 + step + count) % count) + 1;
    setAt(next);
    frame.current?.querySelectorAll(`.${styles.changed}`)[next - 1]?.scrollIntoView({ block: 'center' });
  };

  return (
    <div className={styles.diff}>
      <header className={styles.bar}>
        <span aria-live="polite">
          {count === 0 ? t('diff.none') : at === 0 ? t('diff.changes', { count }) : t('diff.position', { at, count })}
        </span>
        {count > 0 && (
          <span className={styles.steps}>
            <Button size="small" icon={<UpOutlined />} onClick={() => go(-1)}>
              {t('diff.previous')}
            </Button>
            <Button size="small" icon={<DownOutlined />} onClick={() => go(1)}>
              {t('diff.next')}
            </Button>
          </span>
        )}
        <span className={styles.legend}>
          <del>{t('diff.removed')}</del>
          <ins>{t('diff.added')}</ins>
        </span>
      </header>
      <div className={styles.frame} ref={frame}>
        <div className={styles.heads}>
          <div>{before.label}</div>
          <div>{after.label}</div>
        </div>
        {sections.map((section) => (
          <SectionRows key={section.key} section={section} />
        ))}
      </div>
    </div>
  );
}

function SectionRows({ section }: { section: ComparedSection }) {
  const { t } = useTranslation('kit');
  const [shown, setShown] = useState(section.changed);
  const toggle = !section.changed && (
    <button type="button" className={styles.toggle} aria-expanded={shown} onClick={() => setShown(!shown)}>
      {t('diff.unchanged', { section: section.title })} · {t(shown ? 'diff.hide' : 'diff.show')}
    </button>
  );
  return (
    <section aria-label={section.title}>
      {toggle || <h3 className={styles.title}>{section.title}</h3>}
      {shown &&
        section.pairs.map((pair, index) => (
          <div key={index} className={classes(styles.pair, isChanged(pair) && styles.changed)}>
            <Cell pieces={pair.before} missing={!section.inBefore && index === 0 && t('diff.noSection')} />
            <Cell pieces={pair.after} missing={!section.inAfter && index === 0 && t('diff.noSection')} />
          </div>
        ))}
    </section>
  );
}

function Cell({ pieces, missing }: { pieces: Piece[] | undefined; missing: string | false }) {
  if (!pieces) return <div className={styles.absent}>{missing}</div>;
  return (
    <div>
      {pieces.map(({ text, kind }, index) => {
        if (kind === 'removed') return <del key={index}>{text}</del>;
        if (kind === 'added') return <ins key={index}>{text}</ins>;
        return <span key={index}>{text}</span>;
      })}
    </div>
  );
}

const isChanged = ({ before, after }: Pair) =>
  !before || !after || [...before, ...after].some(({ kind }) => kind !== 'same');

function compareSections(before: Section[], after: Section[]): ComparedSection[] {
  const old = new Map(before.map((section) => [section.key, section]));
  const kept = new Set(after.map(({ key }) => key));
  const order = [...after, ...before.filter(({ key }) => !kept.has(key))];
  return order.map(({ key, title }) => {
    const pairs = compareParagraphs(old.get(key)?.text ?? '', after.find((section) => section.key === key)?.text ?? '');
    return { key, title, pairs, changed: pairs.some(isChanged), inBefore: old.has(key), inAfter: kept.has(key) };
  });
}
