import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Fact } from '@/kit/Facts';
import { LinkButton } from '@/kit/LinkButton';
import { Paper, type PaperSection } from '@/kit/Paper';
import styles from './Consent.module.css';

export interface ConsentSheetProps {
  organisation: string;
  title: string;
  facts: Fact[];
  sections: PaperSection[];
  version: number;
  back: { to: string; words: string };
  onPrint: () => void;
  /** Stands under the paper: where a blank one is signed. */
  foot?: ReactNode;
}

/** A consent or its form, set like paper and ready to print. */
export function ConsentSheet({ organisation, title, facts, sections, version, back, onPrint, foot }: ConsentSheetProps) {
  const { t } = useTranslation('consent');
  return (
    <Page narrow>
      <div className={`${styles.screen} ${styles.buttons}`}>
        <Button type="primary" icon={<PrinterOutlined />} onClick={onPrint}>
          {t('sheet.print')}
        </Button>
        <LinkButton to={back.to}>{back.words}</LinkButton>
      </div>
      <h1 className={styles.hidden}>{title}</h1>
      <Paper organisation={organisation} title={title} facts={facts} sections={sections} signatures={[]} version={version} />
      {foot}
    </Page>
  );
}
