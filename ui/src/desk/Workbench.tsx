import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { EmptyState } from '@/kit/EmptyState';
import { LinkButton } from '@/kit/LinkButton';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { formatDay, type Instant } from '@/language/time';
import styles from './Workbench.module.css';

/** Something with a deadline, or that waits for somebody. */
export interface Item {
  id: string;
  title: string;
  /** Whom or what it is about. */
  about: string;
  path: string;
  kind: string;
  tone?: Tone;
  deadline?: Instant;
  start?: Instant;
  workingDays?: number;
  at?: Instant;
  /** Stands in the place of a time. */
  time?: ReactNode;
}

export interface MyPatient {
  id: string;
  name: string;
  line: string;
  bed?: string;
  note?: ReactNode;
}

export interface WorkbenchProps {
  name: string;
  /** What waits for me, what I may open for a while, what I write, whom I treat. Absent parts are not shown. */
  waiting?: Item[];
  /** How much waits in all, of which the first are shown. */
  waits?: number;
  live?: Item[];
  drafts?: Item[];
  patients?: MyPatient[];
  /** Where to go from here, for those who work with lists. */
  places?: ReactNode;
}

/** The first page: what waits for me, what I may open for a while, what I have begun. */
export function Workbench({ name, waiting, waits, live, drafts, patients, places }: WorkbenchProps) {
  const { t } = useTranslation('desk');
  const day = formatDay(new Date().toISOString());
  return (
    <Page>
      <PageHead
        title={t('greeting', { name })}
        lead={waiting ? t('lead', { day, waiting: waits ?? waiting.length }) : day}
        actions={
          patients && (
            <LinkButton type="primary" to="/patients">
              {t('findPatient')}
            </LinkButton>
          )
        }
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          {patients && <Patients patients={patients} />}
          {waiting && <ItemPanel title={t('waiting')} items={waiting} empty={t('waitingEmpty')} more={<Link to="/duties">{t('all')}</Link>} />}
          {!patients && !waiting && places}
        </div>
        <div className={styles.column}>
          {(patients ?? waiting) && places}
          {live && <ItemPanel title={t('live')} items={live} empty={t('liveEmpty')} />}
          {drafts && <ItemPanel title={t('drafts')} items={drafts} empty={t('draftsEmpty')} />}
        </div>
      </div>
    </Page>
  );
}

function ItemPanel({ title, items, empty, more }: { title: string; items: Item[]; empty: string; more?: ReactNode }) {
  return (
    <Panel title={title} extra={items.length > 0 && (more ?? items.length)} flush>
      {items.length === 0 ? (
        <p className={styles.none}>{empty}</p>
      ) : (
        <ul className={styles.items}>
          {items.map((item) => (
            <li key={item.id}>
              <Link to={item.path} className={styles.item}>
                <Pill tone={item.tone ?? 'neutral'}>{item.kind}</Pill>
                <span className={styles.title}>{item.title}</span>
                <span className={styles.about}>{item.about}</span>
                <span className={styles.time}>
                  {item.time ?? (item.deadline ? (
                    <Clock
                      deadline={item.deadline}
                      {...(item.start && { start: item.start })}
                      {...(item.workingDays !== undefined && { workingDays: item.workingDays })}
                    />
                  ) : (
                    item.at && <When at={item.at} as="ago" />
                  ))}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Patients({ patients }: { patients: MyPatient[] }) {
  const { t } = useTranslation('desk');
  return (
    <Panel title={t('patients')} extra={<Link to="/patients?scope=mine">{t('all')}</Link>} flush>
      {patients.length === 0 ? (
        <EmptyState title={t('patientsEmpty')} hint={t('patientsEmptyHint')} />
      ) : (
        <ul className={styles.items}>
          {patients.map((patient) => (
            <li key={patient.id}>
              <Link to={`/patients/${patient.id}`} className={styles.patient}>
                <span className={styles.bed}>{patient.bed ?? '–'}</span>
                <span>
                  <span className={styles.title}>{patient.name}</span>
                  <span className={styles.line}>{patient.line}</span>
                </span>
                {patient.note}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
