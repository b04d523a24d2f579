import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Fact } from '@/kit/Facts';
import { LinkButton } from '@/kit/LinkButton';
import { Mark, type MarkProps } from '@/kit/Mark';
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
  /** Of the reader; it is printed with the sheet. */
  mark: MarkProps;
  /** Stands beside the buttons, and is not printed. */
  tools?: ReactNode;
  /** What must be known before it is used; it is not printed. */
  notice?: ReactNode;
  /** Stands under the paper: where a blank one is signed. */
  foot?: ReactNode;
}

/** A consent or its form, set like paper and ready to print. */
export function ConsentSheet({ organisation, title, facts, sections, version, back, onPrint, mark, tools, notice, foot }: ConsentSheetProps) {
  const { t } = useTranslation('consent');
  return (
    <Page narrow>
      <Mark {...mark} />
      <div className={`${styles.screen} ${styles.buttons}`}>
        <Button type="primary" icon={<PrinterOutlined />} onClick={onPrint}>
          {t('sheet.print')}
        </Button>
        <LinkButton to={back.to}>{back.words}</LinkButton>
        {tools}
      </div>
      {notice && <div className={`${styles.screen} ${styles.notice}`}>{notice}</div>}
      <h1 className={styles.hidden}>{title}</h1>
      <Paper organisation={organisation} title={title} facts={facts} sections={sections} signatures={[]} version={version} />
      {foot}
    </Page>
  );
}
