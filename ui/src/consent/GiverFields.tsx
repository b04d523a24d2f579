import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { identityDocuments, kinships } from './consent';
import styles from './Consent.module.css';

interface GiverFieldsProps {
  /** The field of the form under which they lie. */
  of: string;
  relative?: boolean;
  witnessed?: boolean;
}

/** Who decides or stands in, with the identity document. */
export function GiverFields({ of, relative, witnessed }: GiverFieldsProps) {
  const { t } = useTranslation('consent');
  const needed = [{ required: true, message: t('required') }];
  return (
    <>
      <div className={styles.pair}>
        <Form.Item name={[of, 'name']} label={t('giving.name')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        {relative && (
          <Form.Item name={[of, 'kinship']} label={t('giving.kinship')} rules={needed}>
            <Select options={kinships.map((value) => ({ value, label: t(`kinship.${value}`) }))} />
          </Form.Item>
        )}
        <Form.Item name={[of, 'document']} label={t('giving.document')} rules={needed} initialValue="id-card">
          <Select options={identityDocuments.map((value) => ({ value, label: t(`document.${value}`) }))} />
        </Form.Item>
        <Form.Item name={[of, 'number']} label={t('giving.number')} rules={needed}>
          <Input maxLength={30} autoComplete="off" />
        </Form.Item>
        {witnessed && (
          <Form.Item name={[of, 'witness']} label={t('giving.witness')} rules={needed}>
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
        )}
      </div>
      {relative && (
        <Form.Item name={[of, 'why']} label={t('giving.why')} rules={needed}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      )}
    </>
  );
}
