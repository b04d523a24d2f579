import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import type { Exported } from '@/kit/table/exporting';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { outputsChanged } from './changed';
import { ExportDialog } from './ExportDialog';
import { ExportFollowed } from './ExportFollowed';
import { faultsOf } from './faults';
import styles from './Output.module.css';
import { OtherPurpose } from './OtherPurpose';
import type { List } from './output';
import { Refused } from './Refused';
import { useProfiles, useQuota } from './use-profiles';

/** Whether a list leaves narrowed by a filter of the screen. */
const follows = ({ filters }: List, key: string) => filters?.includes(key) === true;

/** Asks for a list as a file, and follows it until it can be fetched. */
export default function ExportRoute({ list, filter, onClose }: Exported & { onClose: () => void }) {
  const { t } = useTranslation('output');
  const text = useText();
  const lists = queries.useQuery('get', '/api/output/lists', {});
  const { profiles, purposes, error } = useProfiles('exports');
  const [chosen, setChosen] = useState<string>();
  const departments = useDepartments();
  const source = lists.data?.items?.find(({ id }) => id === list);
  const profile = profiles?.find(({ id }) => id === chosen) ?? profiles?.[0];
  const used = useQuota(profile?.id);
  const ask = queries.useMutation('post', '/api/output/exports', { onSuccess: outputsChanged });
  if (source && profile && profiles && !ask.data) {
    const asked = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const [followed, dropped] = [true, false].map((known) => asked.filter(([key]) => follows(source, key) === known));
    const narrowed = Object.fromEntries(followed ?? []);
    return (
      <ExportDialog
        list={source}
        filter={narrowed}
        dropped={(dropped ?? []).map(([key]) => key)}
        departments={departments}
        profiles={profiles}
        profile={profile}
        onProfile={setChosen}
        used={used}
        busy={ask.isPending}
        refused={<Refused error={ask.error} shown={['case', 'words']} />}
        faults={faultsOf(ask.error)}
        onExport={(asking) => ask.mutate({ body: { ...asking, list, filter: narrowed, profile: profile.id } })}
        onClose={onClose}
      />
    );
  }
  const failed = error ?? lists.error;
  return (
    <Modal open onCancel={onClose} footer={null} width={560} title={t('export.title', { list: text(source?.name) })} loading={!failed && !ask.data && !(profiles && lists.data)}>
      <div className={styles.parts}>
        <Refused error={failed} />
        {ask.data && <ExportFollowed id={ask.data.id} begun={ask.data} />}
        {!ask.data && profiles?.length === 0 && <OtherPurpose purposes={purposes} />}
        {lists.data && !source && t('export.notOffered')}
      </div>
    </Modal>
  );
}
