import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import styles from './UndertakingsPage.module.css';

export type Vendor = Schemas['StaffVendor'];
export type Agreement = Schemas['StaffAgreement'];

export interface VendorsPageProps {
  vendors: Vendor[] | undefined;
  error?: string | undefined;
  actions?: ReactNode;
  onFile: (vendor: Vendor) => void;
  onOpen: (agreement: Agreement) => void;
  onEnd: (agreement: Agreement) => void;
}

/** The firms whose people work here, each with what it has promised; without that none of its people has anything. */
export function VendorsPage({ vendors, error, actions, onFile, onOpen, onEnd }: VendorsPageProps) {
  const { t } = useTranslation('staff');
  return (
    <Page>
      <PageHead title={t('vendors.title')} lead={t('vendors.lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {vendors?.length === 0 && <EmptyState title={t('vendors.empty')} hint={t('vendors.emptyHint')} />}
        {vendors?.map((vendor) => (
          <Panel
            key={vendor.id}
            flush
            title={
              <>
                {vendor.name} <Code value={vendor.code} /> <Pill tone={vendor.bound ? 'success' : 'error'}>{t(vendor.bound ? 'vendors.bound' : 'vendors.unbound')}</Pill>
              </>
            }
            extra={
              <Button size="small" onClick={() => onFile(vendor)}>
                {t('vendors.file')}
              </Button>
            }
          >
            <Agreements vendor={vendor} onOpen={onOpen} onEnd={onEnd} />
          </Panel>
        ))}
      </div>
    </Page>
  );
}

function Agreements({ vendor, onOpen, onEnd }: { vendor: Vendor } & Pick<VendorsPageProps, 'onOpen' | 'onEnd'>) {
  const { t } = useTranslation('staff');
  const columns: Column<Agreement>[] = [
    { key: 'scope', title: t('vendors.scope'), render: ({ scope }) => scope },
    { key: 'since', title: t('vendors.since'), width: '120px', render: ({ since }) => <When at={since} as="day" /> },
    { key: 'until', title: t('vendors.until'), width: '120px', render: ({ until }) => <When at={until} as="day" /> },
    { key: 'state', title: t('vendors.state'), width: '170px', render: (one) => (one.live ? <Clock deadline={one.until} start={one.since} /> : <Pill>{t('vendors.over')}</Pill>) },
    {
      key: 'do',
      title: t('stays.do'),
      width: '190px',
      align: 'end',
      render: (one) => (
        <span className={styles.buttons}>
          <Button size="small" onClick={() => onOpen(one)}>
            {t('vendors.scan')}
          </Button>
          {one.live && (
            <Popconfirm title={t('vendors.endTitle')} description={t('vendors.endNote')} okText={t('vendors.end')} cancelText={t('keep')} onConfirm={() => onEnd(one)}>
              <Button size="small" danger>
                {t('vendors.end')}
              </Button>
            </Popconfirm>
          )}
        </span>
      ),
    },
  ];
  return <PlainTable label={vendor.name} columns={columns} rows={vendor.agreements ?? []} rowKey={({ id }) => id} empty={t('vendors.noAgreement')} />;
}
