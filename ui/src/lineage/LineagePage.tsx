import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { Graph } from './Graph';
import { comesFrom, type Lineage, type Node, type Use } from './lineage';
import styles from './Lineage.module.css';

export interface LineagePageProps {
  lineage: Lineage;
  /** In words, what was done. */
  called: (use: Use) => string;
  busy: boolean;
  onEvidence: () => void;
}

/** Where a record came from and where it went: a picture or a list, and who used it. */
export function LineagePage({ lineage, called, busy, onEvidence }: LineagePageProps) {
  const { t } = useTranslation('lineage');
  const [shown, setShown] = useState<'picture' | 'list'>('picture');
  const figures: [string, number, boolean][] = [
    [t('figure.nodes'), lineage.nodes.length, false],
    [t('figure.uses'), lineage.uses.length, false],
    [t('figure.untracked'), lineage.untracked, lineage.untracked > 0],
    [t('figure.untraced'), lineage.untraced, lineage.untraced > 0],
  ];
  return (
    <Page>
      <PageHead
        title={t(`title.${lineage.subject.kind}`)}
        lead={t('lead')}
        actions={
          <div className={styles.buttons}>
            <Button onClick={() => window.print()}>{t('print')}</Button>
            <Button type="primary" loading={busy} onClick={onEvidence}>
              {t('evidence')}
            </Button>
          </div>
        }
      />
      <div className={styles.parts}>
        {lineage.more && <Notice tone="warning">{t('more')}</Notice>}
        <Panel title={t('figures')}>
          <dl className={styles.figures}>
            {figures.map(([label, value, amiss]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={classes(amiss && styles.amiss)}>{value}</dd>
              </div>
            ))}
          </dl>
        </Panel>
        <Panel flush title={t('way')} extra={<Segmented value={shown} onChange={setShown} options={(['picture', 'list'] as const).map((value) => ({ value, label: t(value) }))} />}>
          {shown === 'picture' ? <Graph lineage={lineage} /> : <Ways lineage={lineage} />}
        </Panel>
        <Uses lineage={lineage} called={called} />
      </div>
    </Page>
  );
}

function Ways({ lineage }: { lineage: Lineage }) {
  const { t } = useTranslation('lineage');
  const text = useText();
  const person = usePerson(lineage.names);
  const from = comesFrom(lineage);
  const columns: Column<Node>[] = [
    { key: 'kind', title: t('column.kind'), width: '110px', render: ({ kind }) => t(`kind.${kind}` as never, { defaultValue: kind }) },
    { key: 'name', title: t('column.name'), render: ({ id, kind, name }) => (kind === 'document' && id !== lineage.subject.id ? <Link to={`/documents/${id}/lineage`}>{text(name)}</Link> : text(name)) },
    { key: 'from', title: t('column.from'), render: ({ id }) => (from.get(id) ?? []).map(({ name }) => text(name)).join(t('separator')) || '–' },
    { key: 'at', title: t('column.at'), width: '140px', render: ({ at }) => (at ? <When at={at} /> : '–') },
    { key: 'person', title: t('column.person'), width: '110px', render: (node) => person(node.person ?? '') || '–' },
    { key: 'digest', title: t('column.digest'), width: '160px', render: ({ digest }) => (digest ? <Code value={digest} ends={5} copyable /> : '–') },
  ];
  return <PlainTable label={t('way')} columns={columns} rows={lineage.nodes} rowKey={({ id }) => id} empty={t('nothing')} />;
}

function Uses({ lineage, called }: Pick<LineagePageProps, 'lineage' | 'called'>) {
  const { t } = useTranslation('lineage');
  const term = useTerm();
  const person = usePerson(lineage.names);
  const columns: Column<Use>[] = [
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} as="second" /> },
    { key: 'person', title: t('column.person'), width: '140px', render: (use) => person(use.person ?? '') || t('machine') },
    { key: 'verb', title: t('column.did'), render: (use) => called(use) },
    { key: 'purpose', title: t('column.purpose'), width: '110px', render: ({ purpose }) => (purpose ? term('purpose', purpose) : '–') },
    { key: 'entry', title: t('column.entry'), width: '150px', render: ({ entry }) => <Code value={entry} ends={5} copyable /> },
  ];
  return (
    <Panel flush title={t('uses')}>
      <PlainTable label={t('uses')} columns={columns} rows={lineage.uses} rowKey={({ entry }) => entry} empty={t('nothing')} />
    </Panel>
  );
}
