import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries, type Schemas } from '@/api/client';
import { most, onwards, useWhole } from '@/api/whole';
import { Clock } from '@/kit/Clock';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './Consent.module.css';

type Saving = Schemas['RecordSaving'];

const tones = { consent: 'success', emergency: 'warning', import: 'info' } as const;

/** What was saved with a sensitive history that needs consent and still waits for one. */
export default function Savings() {
  const { t } = useTranslation('consent');
  const text = useText();
  const listing = queries.useInfiniteQuery('get', '/api/sensitive-savings', { params: { query: { open: true, limit: most } } }, onwards);
  const rows = useWhole(listing);
  const names = Object.assign({}, ...(listing.data?.pages ?? []).map((page) => page.names)) as Record<string, { zh: string; en: string }>;
  const columns: Column<Saving>[] = [
    { key: 'at', title: t('saving.at'), width: '160px', render: ({ at }) => <When at={at} /> },
    { key: 'person', title: t('saving.person'), width: '150px', render: ({ person }) => text(names[person]) || t('saving.feed') },
    { key: 'cause', title: t('saving.cause'), render: ({ cause, choice }) => <><Pill tone={tones[cause]}>{t(`saving.causes.${cause}`)}</Pill> {choice && t(`saving.choices.${choice}`)}</> },
    { key: 'deadline', title: t('saving.deadline'), width: '190px', render: ({ deadline, at }) => deadline && <Clock deadline={deadline} start={at} /> },
    { key: 'do', title: t('column.do'), width: '120px', align: 'end', render: ({ patient }) => <Link to={`/patients/${patient}?tab=consents`}>{t('saving.open')}</Link> },
  ];
  return (
    <Panel flush title={t('saving.title')} extra={<span className={styles.muted}>{t('saving.note')}</span>}>
      <PlainTable label={t('saving.title')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('saving.none')} />
    </Panel>
  );
}
