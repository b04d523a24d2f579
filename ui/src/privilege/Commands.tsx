import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import type { Recording } from './privilege';
import styles from './Privilege.module.css';

/** The commands that another system has recorded. */
export default function Commands({ recording, onClose }: { recording: Recording; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const seen = queries.useQuery('get', '/api/privilege/recordings/{id}', { params: { path: { id: recording.id } } });
  return (
    <Drawer open onClose={onClose} size={720} title={t('replay.commands', { system: recording.system })}>
      {seen.error && <Notice tone="error">{fault(seen.error)}</Notice>}
      <PlainTable
        label={t('replay.commands', { system: recording.system })}
        rows={seen.data && (seen.data.commands ?? []).map((command, place) => ({ ...command, place }))}
        rowKey={({ place }) => String(place)}
        empty={t('replay.noCommands')}
        columns={[
          { key: 'at', title: t('column.at'), width: '170px', render: ({ at }) => <When at={at} as="second" /> },
          { key: 'text', title: t('replay.command'), render: ({ text }) => <code className={styles.script}>{text}</code> },
        ]}
      />
    </Drawer>
  );
}
