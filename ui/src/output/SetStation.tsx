import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { When } from '@/kit/When';
import type { Instant } from '@/language/time';
import styles from './Output.module.css';
import { Refused } from './Refused';

interface Values {
  name: string;
  place?: string;
  until: Instant;
}

/** Registers a printer station; what it must know is shown once. */
export default function SetStation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('output');
  const set = queries.useMutation('post', '/api/output/stations');
  const needed = [{ required: true, message: t('needed') }];
  if (set.data) {
    const { id, secret, until } = set.data;
    return (
      <Modal open title={t('rules.stationMade')} onCancel={onClose} mask={{ closable: false }} width={480} footer={<Button onClick={onClose}>{t('approvals.codeTaken')}</Button>}>
        <div className={styles.parts}>
          <p>{t('rules.secretLead')}</p>
          <Facts
            facts={[
              { label: t('rules.station'), value: <Code value={id} copyable /> },
              { label: t('rules.secret'), value: <Code value={secret} copyable /> },
              { label: t('rules.until'), value: <When at={until} /> },
            ]}
          />
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog<Values> title={t('rules.addStation')} submit={t('save')} busy={set.isPending} onSubmit={(body) => set.mutate({ body })} onClose={onClose}>
      <Refused error={set.error} />
      <Form.Item name="name" label={t('rules.stationName')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="place" label={t('rules.place')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="until" label={t('rules.until')} rules={needed}>
        <MomentInput id="until" />
      </Form.Item>
    </FormDialog>
  );
}
