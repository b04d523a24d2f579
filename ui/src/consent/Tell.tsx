import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { relations, type FormOfConsent, type Relation, type Template } from './consent';
import styles from './Consent.module.css';
import { useForms } from './use-forms';

interface Asked {
  template: string;
  to: Relation;
  form: FormOfConsent;
  acknowledged?: boolean;
  words?: string;
  evidence?: string;
}

/** Records that somebody was told what a notice says. */
export default function Tell({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const { forms } = useForms();
  const tell = queries.useMutation('post', '/api/patients/{id}/notices', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Asked>
      title={t('tell')}
      lead={t('telling.lead')}
      submit={t('telling.submit')}
      width={560}
      busy={tell.isPending}
      error={fault(tell.error)}
      initial={{ to: 'patient' }}
      onSubmit={({ acknowledged, ...body }) => tell.mutate({ params: { path: { id: patient } }, body: { ...body, acknowledged: acknowledged ?? false } })}
      onClose={onClose}
    >
      <Notice notices={(forms ?? []).filter(({ kind }) => kind === 'notice')} />
      <Form.Item name="to" label={t('telling.to')}>
        <Radio.Group options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('telling.words')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="evidence" label={t('telling.evidence')}>
        <DigestField label={t('telling.evidence')} />
      </Form.Item>
      <Form.Item name="acknowledged" valuePropName="checked">
        <Checkbox>{t('telling.acknowledged')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

function Notice({ notices }: { notices: Template[] }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const chosen = Form.useWatch<string | undefined>('template');
  const notice = notices.find(({ id }) => id === chosen);
  const needed = [{ required: true, message: t('required') }];
  return (
    <>
      <Form.Item name="template" label={t('telling.template')} rules={needed}>
        <Select options={notices.map(({ id, name, version }) => ({ value: id, label: `${text(name)} · ${t('versionOf', { version })}` }))} />
      </Form.Item>
      {notice && (
        <>
          <p className={styles.text}>{text(notice.text)}</p>
          <Form.Item name="form" label={t('telling.form')} rules={needed}>
            <Radio.Group options={(notice.forms ?? []).map((value) => ({ value, label: t(`form.${value as FormOfConsent}`) }))} />
          </Form.Item>
        </>
      )}
    </>
  );
}
