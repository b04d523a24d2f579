import { CheckCircleOutlined, ExclamationCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './Notice.module.css';
import type { Tone } from './tone';

interface NoticeProps {
  tone?: Exclude<Tone, 'neutral'>;
  title?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

const icons = {
  info: <InfoCircleOutlined />,
  success: <CheckCircleOutlined />,
  warning: <WarningOutlined />,
  error: <ExclamationCircleOutlined />,
};

/** Something to know before going on. Warnings and errors are announced. */
export function Notice({ tone = 'info', title, action, children }: NoticeProps) {
  const urgent = tone === 'warning' || tone === 'error';
  return (
    <div className={classes(styles.notice, styles[tone])} role={urgent ? 'alert' : 'status'}>
      <span className={styles.icon}>{icons[tone]}</span>
      <div className={styles.words}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
