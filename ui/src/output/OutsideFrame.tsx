import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Sign } from '@/app/Brand';
import { speak, useLanguage } from '@/language/language';
import styles from './VerifyPage.module.css';

interface OutsideFrameProps {
  title: string;
  lead: string;
  children: ReactNode;
}

/** Around the pages for which nobody signs in. */
export function OutsideFrame({ title, lead, children }: OutsideFrameProps) {
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <span className={styles.brand}>
          <Sign /> 医守 Medward
        </span>
        <Button onClick={() => void speak(other)} lang={other === 'zh' ? 'zh-CN' : 'en'}>
          {other === 'zh' ? '中文' : 'English'}
        </Button>
      </header>
      <main className={styles.main}>
        <h1>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </main>
    </div>
  );
}
