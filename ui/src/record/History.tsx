import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Timeline } from '@/kit/Timeline';
import { useDepartments } from '@/staff/use-departments';
import type { Patient } from '@/patient/PatientPage';
import { placeOf, useTimeline } from '@/patient/timeline';
import { useHappened } from '@/patient/use-happened';
import styles from './History.module.css';
import { useTitles } from './titles';

/** What was before, to look at while writing. */
export function History({ patient }: { patient: Patient }) {
  const { t } = useTranslation('record');
  const [open, setOpen] = useState<string>();
  const { happened, more } = useHappened(patient);
  const events = useTimeline(useDepartments())(happened);
  if (open) return <Earlier id={open} onBack={() => setOpen(undefined)} />;
  return (
    <Timeline
      label={t('write.history')}
      events={events}
      onSelect={(event) => {
        const place = placeOf(event);
        if (place.kind === 'document') setOpen(place.id);
      }}
      foot={more && <Button onClick={more}>{t('history.earlier')}</Button>}
    />
  );
}

function Earlier({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation('record');
  const fault = useFault();
  const { ofDocument, ofSection } = useTitles();
  const { data, error } = queries.useQuery('get', '/api/documents/{id}', { params: { path: { id }, query: {} } });
  return (
    <div className={styles.earlier}>
      <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack}>
        {t('history.back')}
      </Button>
      {error && <p role="alert">{fault(error)}</p>}
      {data && <h3>{ofDocument(data)}</h3>}
      {data?.sections?.map((section) => (
        <section key={section.key}>
          <h4>{ofSection(section.title)}</h4>
          <p>{section.text}</p>
        </section>
      ))}
    </div>
  );
}
