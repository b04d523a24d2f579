import { Button, Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FormDialog.module.css';
import { Notice } from './Notice';

export interface FormDialogProps<Values> {
  title: string;
  /** What will happen. */
  lead?: ReactNode;
  submit: string;
  danger?: boolean;
  width?: number;
  busy: boolean;
  /** Why the server did not accept it, in the reader's language. */
  error?: string | undefined;
  initial?: Partial<Values>;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  /** The fields, as items of antd's form. */
  children?: ReactNode;
}

/** Asks for a few things and does one. It is open while it is there. */
export function FormDialog<Values extends object>({ title, lead, submit, danger, width = 480, busy, error, initial, onSubmit, onClose, children }: FormDialogProps<Values>) {
  const { t } = useTranslation('kit');
  return (
    <Modal open onCancel={onClose} footer={null} width={width} title={title} destroyOnHidden>
      <Form<Values> layout="vertical" requiredMark={false} className={styles.form} {...(initial && { initialValues: initial })} onFinish={onSubmit}>
        {lead && <p className={styles.lead}>{lead}</p>}
        {error && <Notice tone="error">{error}</Notice>}
        {children}
        <div className={styles.foot}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" danger={danger} loading={busy} className={danger ? styles.danger : undefined}>
            {submit}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
