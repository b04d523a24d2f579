import { RedoOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Facts } from '@/kit/Facts';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { FindingList } from './FindingList';
import styles from './QuarantinePage.module.css';
import { worst, type Quarantined } from './report';

export interface OpenQuarantined {
  item: Quarantined;
  /** What it holds, once it was asked for: that is a disclosure of its own. */
  content?: { fileName: string; text: string; cut: boolean };
  busy?: boolean;
  error?: string;
}

export interface QuarantinePageProps {
  page: TablePage<Quarantined>;
  open?: OpenQuarantined;
  onOpen: (item: Quarantined) => void;
  onClose: () => void;
  /** Absent where the reader may not see content. */
  onShowContent?: (item: Quarantined) => void;
  onRetry: (item: Quarantined) => void;
  onDismiss?: (item: Quarantined) => void;
}

const tones: Record<Quarantined['state'], Tone> = { waiting: 'warning', resolved: 'success', dismissed: 'neutral' };

/** What could not be taken, with element and rule. `state` stands in the address. */
export function QuarantinePage(props: QuarantinePageProps) {
  const { page, open, onOpen } = props;
  const { t } = useTranslation('intake');
  const columns = useColumns();
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'state',
      label: t('quarantine.state'),
      options: (['waiting', 'resolved', 'dismissed'] as const).map((value) => ({ value, label: t(`quarantineState.${value}`) })),
    },
  ];
  return (
    <Page fixed>
      <PageHead title={t('quarantine.title')} lead={t('quarantine.lead')} actions={<LinkButton to="/imports">{t('quarantine.back')}</LinkButton>} />
      <DataTable
        name="quarantine"
        label={t('quarantine.title')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={(item) => item.id}
        onOpen={onOpen}
        {...(open && { current: open.item.id })}
        empty={{ title: t('quarantine.empty'), hint: t('quarantine.emptyHint') }}
      />
      {open && <Details {...props} open={open} />}
    </Page>
  );
}

function useColumns(): Column<Quarantined>[] {
  const { t } = useTranslation('intake');
  const text = useText();
  return useMemo(
    () => [
      { key: 'at', title: t('quarantine.at'), width: '156px', fixed: true, render: (item) => <When at={item.at} /> },
      { key: 'where', title: t('quarantine.where'), width: '130px', render: (item) => <code>{item.where}</code> },
      { key: 'element', title: t('quarantine.element'), width: '230px', fixed: true, render: (item) => <code>{worst(item.findings)?.element}</code> },
      { key: 'say', title: t('quarantine.problem'), render: (item) => text(worst(item.findings)?.say) },
      { key: 'rule', title: t('quarantine.rule'), width: '150px', hidden: true, render: (item) => <code>{worst(item.findings)?.rule}</code> },
      { key: 'tries', title: t('quarantine.tries'), width: '72px', align: 'end', render: (item) => item.tries },
      { key: 'state', title: t('quarantine.state'), width: '96px', render: (item) => <Pill tone={tones[item.state]}>{t(`quarantineState.${item.state}`)}</Pill> },
    ],
    [t, text],
  );
}

function Details({ open, onClose, onShowContent, onRetry, onDismiss }: QuarantinePageProps & { open: OpenQuarantined }) {
  const { t } = useTranslation('intake');
  const { item, content, busy, error } = open;
  const waiting = item.state === 'waiting';
  return (
    <Drawer
      open
      onClose={onClose}
      size={600}
      mask={false}
      title={t('quarantine.detail')}
      footer={
        waiting && (
          <div className={styles.foot}>
            {onDismiss && <Button onClick={() => onDismiss(item)}>{t('quarantine.dismiss')}</Button>}
            <Button type="primary" icon={<RedoOutlined />} loading={busy} onClick={() => onRetry(item)}>
              {t('quarantine.retry')}
            </Button>
          </div>
        )
      }
    >
      <div className={styles.detail}>
        {error && <Notice tone="error">{error}</Notice>}
        <Facts
          facts={[
            { label: t('quarantine.where'), value: item.where },
            { label: t('quarantine.size'), value: t('quarantine.bytes', { count: item.size, n: item.size.toLocaleString('en') }) },
            { label: t('quarantine.at'), value: <When at={item.at} as="second" /> },
          ]}
        />
        <FindingList findings={item.findings} />
        {content ? (
          <figure>
            <figcaption>
              {content.fileName}
              {content.cut && t('quarantine.cut')}
            </figcaption>
            <pre className={styles.content} tabIndex={0}>
              {content.text}
            </pre>
          </figure>
        ) : (
          onShowContent && (
            <div className={styles.ask}>
              <span>{t('quarantine.contentNote')}</span>
              <Button onClick={() => onShowContent(item)}>{t('quarantine.content')}</Button>
            </div>
          )
        )}
      </div>
    </Drawer>
  );
}
