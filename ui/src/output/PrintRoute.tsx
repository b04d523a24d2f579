import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { isProblem } from '@/api/problem';
import { outputsChanged } from './changed';
import { faultsOf } from './faults';
import { handOver } from './hand-over';
import { OtherPurpose } from './OtherPurpose';
import { PrintDialog, type Printing } from './PrintDialog';
import { Printed } from './Printed';
import { Refused } from './Refused';
import { useProfiles, useQuota } from './use-profiles';

export interface Printable {
  document: string;
  version: number;
  title: string;
}

/** Makes a marked copy of a document and brings it to the printer. */
export default function PrintRoute({ printable, onClose }: { printable: Printable; onClose: () => void }) {
  const { t } = useTranslation('output');
  const { profiles, purposes, error } = useProfiles('prints');
  const [chosen, setChosen] = useState<string>();
  const [asked, setAsked] = useState<Printing>();
  const profile = profiles?.find(({ id }) => id === chosen) ?? profiles?.[0];
  const used = useQuota(profile?.id);
  const make = queries.useMutation('post', '/api/output/prints', {
    onSuccess: async ({ serial, media, file }) => {
      await outputsChanged();
      if (file && media) await handOver({ id: serial, media, file });
    },
  });
  if (make.data) return <Printed made={make.data} onClose={onClose} />;
  if (!profile) {
    return (
      <Modal open onCancel={onClose} footer={null} width={480} title={t('print.title', { title: printable.title })} loading={!profiles && !error}>
        <Refused error={error} />
        {profiles && <OtherPurpose purposes={purposes} />}
      </Modal>
    );
  }
  const print = (printing: Printing) => {
    setAsked(printing);
    const { document, version } = printable;
    make.mutate({ body: { ...printing, profile: profile.id, documents: [{ document, version }] } });
  };
  const noFont = isProblem(make.error) && make.error.code === 'output.no-font';
  return (
    <PrintDialog
      title={printable.title}
      profiles={profiles ?? []}
      profile={profile}
      onProfile={setChosen}
      used={used}
      busy={make.isPending}
      refused={<Refused error={make.error} shown={['case', 'recipient']} action={noFont && asked && <Button onClick={() => print({ ...asked, format: 'html' })}>{t('print.asPage')}</Button>} />}
      faults={faultsOf(make.error)}
      onPrint={print}
      onClose={onClose}
    />
  );
}
