import { Button, Form, Modal, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { Code } from '@/kit/Code';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { day } from '@/language/time';
import { PersonPicker } from '@/staff/PersonPicker';
import styles from './Output.module.css';
import { Refused } from './Refused';

interface Forwarding {
  to: string;
  days: number;
}

const lengths = [1, 3, 7];
/** An end right at the longest would lie beyond it once the clocks differ a little. */
const slack = 60_000;

/** Points a document out to a colleague, who opens it by his own right. */
export default function Forward({ document, title, onClose }: { document: string; title: string; onClose: () => void }) {
  const { t } = useTranslation('output');
  const forward = queries.useMutation('post', '/api/output/forwards');
  if (forward.data) {
    const { id, until } = forward.data;
    return (
      <Modal open onCancel={onClose} width={480} title={t('forward.done')} destroyOnHidden footer={<Button onClick={onClose}>{t('close')}</Button>}>
        <div className={styles.parts}>
          <p>{t('forward.tell')}</p>
          <div className={styles.link}>
            <Code value={new URL(`/forwards/${id}`, window.location.origin).href} copyable />
          </div>
          <p className={styles.hint}>
            {t('forward.until')} <When at={until} />
          </p>
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog<Forwarding>
      title={t('forward.title', { title })}
      submit={t('forward.submit')}
      busy={forward.isPending}
      initial={{ days: 1 }}
      onSubmit={({ to, days }) => forward.mutate({ body: { document, to, until: new Date(Date.now() + days * day - slack).toISOString() } })}
      onClose={onClose}
    >
      <Notice>{t('forward.lead')}</Notice>
      <Refused error={forward.error} />
      <Form.Item name="to" label={t('forward.to')} rules={[{ required: true, message: t('forward.toMissing') }]}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="days" label={t('forward.length')}>
        <Segmented options={lengths.map((value) => ({ value, label: t('days', { count: value }) }))} />
      </Form.Item>
    </FormDialog>
  );
}
