import { EditOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import { EmptyState } from '@/kit/EmptyState';
import { Mark, type MarkProps } from '@/kit/Mark';
import { Timeline, type TimelineEvent } from '@/kit/Timeline';
import type { Departments } from '@/staff/departments';
import { Banner } from './Banner';
import styles from './PatientPage.module.css';

const Team = lazy(() => import('./Team'));

export type Patient = Schemas['PatientView'];
export const patientTabs = ['records', 'observations', 'orders', 'team', 'consents', 'readers'] as const;
export type PatientTab = (typeof patientTabs)[number];

export interface PatientPageProps {
  patient: Patient;
  departments: Departments;
  events: TimelineEvent[];
  /** The event that is open at the right. */
  selected?: string;
  onSelect: (id: string) => void;
  /** Loads earlier events, where there are any. */
  onEarlier?: () => void;
  tab: PatientTab;
  /** Those of the tabs that the reader may use. */
  tabs: readonly PatientTab[];
  onTab: (tab: PatientTab) => void;
  /** The document, the readers… of the tab. */
  content: ReactNode;
  mayWrite: boolean;
  /** The way to identity and contacts. */
  details?: ReactNode;
  /** What must be known before reading on: seals. */
  notice?: ReactNode;
  mark: MarkProps;
}

/** One patient on one screen: who, what happened, and what it says. */
export function PatientPage(props: PatientPageProps) {
  const { patient, departments, events, selected, onSelect, onEarlier, tab, tabs, onTab, content, mayWrite, details, notice, mark } = props;
  const { t } = useTranslation('patient');
  const navigate = useNavigate();
  return (
    <div className={styles.page}>
      <Mark {...mark} />
      {notice}
      <Banner
        patient={patient}
        departments={departments}
        actions={
          <>
            {details}
            {mayWrite && (
              <Button type="primary" icon={<EditOutlined />} onClick={() => void navigate(`/patients/${patient.id}/write`)}>
                {t('page.write')}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.tabs}>
        <Tabs activeKey={tab} onChange={(key) => onTab(key as PatientTab)} items={tabs.map((key) => ({ key, label: t(`page.tabs.${key}`) }))} />
      </div>
      {tab === 'records' ? (
        <div className={styles.records}>
          <aside className={styles.timeline}>
            <Timeline
              label={t('page.timeline')}
              events={events}
              {...(selected && { selected })}
              onSelect={onSelect}
              foot={onEarlier && <Button onClick={onEarlier}>{t('page.earlier')}</Button>}
            />
          </aside>
          <div className={styles.content}>{content ?? <EmptyState title={t('page.choose')} hint={t('page.chooseHint')} />}</div>
        </div>
      ) : (
        <div className={styles.other}>
          <Suspense fallback={null}>{tab === 'team' && <Team patient={patient} />}</Suspense>
          {content}
        </div>
      )}
    </div>
  );
}
