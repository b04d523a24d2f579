import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './GrantsPage.module.css';

export type ResponsibilitySeen = Schemas['ResponsibilityOut'];

interface ResponsibilityProps {
  seen: ResponsibilitySeen | undefined;
  /** Absent for whoever only reads it. */
  onWrite?: (() => void) | undefined;
}

/** What is signed for grants, in its versions, and by department how many were signed for. */
export function Responsibility({ seen, onWrite }: ResponsibilityProps) {
  const { t } = useTranslation('access');
  const text = useText();
  return (
    <div className={styles.parts}>
      {seen?.versions?.length === 0 && <Notice tone="warning" title={t('responsibility.none')} />}
      <Panel
        flush
        title={t('responsibility.statement')}
        extra={
          onWrite && (
            <Button type="primary" onClick={onWrite}>
              {t('responsibility.write')}
            </Button>
          )
        }
      >
        <PlainTable
          label={t('responsibility.statement')}
          rows={seen?.versions ?? undefined}
          rowKey={({ version }) => String(version)}
          empty={t('responsibility.noVersion')}
          columns={[
            { key: 'version', title: t('responsibility.version'), width: '90px', render: ({ version }) => version },
            { key: 'since', title: t('responsibility.since'), width: '170px', render: ({ since }) => <When at={since} /> },
            { key: 'said', title: t('responsibility.said'), render: ({ said }) => text(said) },
          ]}
        />
      </Panel>
      <Panel flush title={t('responsibility.units')}>
        <PlainTable
          label={t('responsibility.units')}
          rows={seen?.units ?? undefined}
          rowKey={({ name }) => name.zh}
          empty={t('responsibility.noUnit')}
          columns={[
            { key: 'name', title: t('responsibility.unit'), render: ({ name }) => text(name) || t('responsibility.noPost') },
            { key: 'grants', title: t('responsibility.grants'), width: '140px', align: 'end', render: ({ grants }) => grants },
            { key: 'signed', title: t('responsibility.signed'), width: '140px', align: 'end', render: ({ signed }) => signed },
            { key: 'breaches', title: t('responsibility.breaches'), width: '180px', align: 'end', render: ({ breaches }) => breaches },
          ]}
        />
      </Panel>
    </div>
  );
}
