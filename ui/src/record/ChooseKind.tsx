import { FileTextOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Banner } from '@/patient/Banner';
import type { Patient } from '@/patient/PatientPage';
import { useRow, useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import styles from './ChooseKind.module.css';
import { templates, titleOnRecord } from './templates';
import { useTitles } from './titles';

interface ChooseKindProps {
  patient: Patient;
  onChoose: (kind: string) => void;
}

/** What is to be written, before it begins. */
export function ChooseKind({ patient, onChoose }: ChooseKindProps) {
  const { t } = useTranslation('record');
  const text = useText();
  const row = useRow();
  const titles = useTitles();
  return (
    <>
      <Banner patient={patient} departments={useDepartments()} />
      <Page narrow>
        <PageHead title={t('choose.title')} lead={t('choose.lead')} />
        <ul className={styles.kinds}>
          {templates.map(({ kind, sections }) => (
            <li key={kind}>
              <button type="button" className={styles.kind} onClick={() => onChoose(kind)}>
                <FileTextOutlined />
                <span>
                  <strong>{titles.ofDocument({ kind, title: titleOnRecord(kind) })}</strong>
                  <span className={styles.sections}>{row(sections.map((section) => text(section.title)))}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Page>
    </>
  );
}
