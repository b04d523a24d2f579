import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useTerm } from '@/language/terms';
import { categories } from './categories';
import { rolesShown } from './roles-shown';

interface Asked {
  code: string;
  titleZh: string;
  titleEn: string;
  textZh: string;
  textEn: string;
  roles?: string[];
  categories?: string[];
  periodDays: number;
  graceDays: number;
}

const longestPeriod = 1098;
const longestGrace = 60;

/** Publishes an undertaking, or the next version of one by the same code. */
export default function PublishUndertaking({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const fault = useFault();
  const publish = queries.useMutation('post', '/api/undertakings', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('add.required') }];
  return (
    <FormDialog<Asked>
      title={t('undertakings.publish')}
      lead={t('undertakings.publishLead')}
      submit={t('undertakings.publishSubmit')}
      width={680}
      busy={publish.isPending}
      error={fault(publish.error)}
      initial={{ periodDays: 365, graceDays: 14 }}
      onSubmit={(body) => publish.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="code" label={t('undertakings.code')} rules={needed} extra={t('undertakings.codeHint')}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="titleZh" label={t('undertakings.titleZh')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="textZh" label={t('undertakings.textZh')} rules={needed}>
        <Input.TextArea rows={5} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="titleEn" label={t('undertakings.titleEn')} rules={needed}>
        <Input maxLength={160} />
      </Form.Item>
      <Form.Item name="textEn" label={t('undertakings.textEn')} rules={needed}>
        <Input.TextArea rows={4} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="roles" label={t('undertakings.roles')} extra={t('undertakings.whomHint')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
      </Form.Item>
      <Form.Item name="categories" label={t('undertakings.categories')}>
        <Select mode="multiple" options={categories.map((value) => ({ value, label: term('category', value) }))} />
      </Form.Item>
      <Form.Item name="periodDays" label={t('undertakings.periodDays')} rules={needed}>
        <InputNumber min={1} max={longestPeriod} precision={0} />
      </Form.Item>
      <Form.Item name="graceDays" label={t('undertakings.graceDays')} rules={needed} extra={t('undertakings.graceHint')}>
        <InputNumber min={0} max={longestGrace} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
