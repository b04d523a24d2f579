import { FileTextOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Banner, type Patient } from '@/patient/PatientPage';
import { useDepartments } from '@/staff/use-departments';
import styles from './ChooseKind.module.css';
import { templates } from './templates';

interface ChooseKindProps {
  patient: Patient;
  onChoose: (kind: string) => void;
}

/** What is to be written, before it begins. */
export function ChooseKind({ patient, onChoose }: ChooseKindProps) {
  const { t } = useTranslation('record');
  return (
    <>
      <Banner patient={patient} departments={useDepartments()} />
      <Page narrow>
        <PageHead title={t('choose.title')} lead={t('choose.lead')} />
        <ul className={styles.kinds}>
          {templates.map(({ kind, title, sections }) => (
            <li key={kind}>
              <button type="button" className={styles.kind} onClick={() => onChoose(kind)}>
                <FileTextOutlined />
                <span>
                  <strong>{title}</strong>
                  <span className={styles.sections}>{sections.map((section) => section.title).join('、')}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Page>
    </>
  );
}
