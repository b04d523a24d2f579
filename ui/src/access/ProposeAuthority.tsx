import { Checkbox, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { isGrant, wherePatientLies, type Charge } from './authority';

interface Wanted {
  authorises: string;
  implements: string;
  apart?: boolean;
  direct?: boolean;
}

/** Proposes the departments that authorise a permission and carry it out; another person agrees. */
export default function ProposeAuthority({ charge, departments, onClose }: { charge: Charge; departments: Departments; onClose: () => void }) {
  const { t } = useTranslation('access');
  const text = useText();
  const fault = useFault();
  const propose = queries.useMutation('post', '/api/authorities', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const named = Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }));
  const grant = isGrant(charge.permission);
  const needed = [{ required: true, message: t('authorities.departmentMissing') }];
  return (
    <FormDialog<Wanted>
      title={t('authorities.changeOf', { name: text(charge.name) })}
      lead={t('authorities.changeLead')}
      submit={t('authorities.propose')}
      busy={propose.isPending}
      error={fault(propose.error)}
      initial={charge.inForce ?? { apart: true }}
      onSubmit={(wanted) => propose.mutate({ body: { items: [{ ...wanted, permission: charge.permission }] } })}
      onClose={onClose}
    >
      <Form.Item name="authorises" label={t('authorities.authorises')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={grant ? [{ value: wherePatientLies, label: t('authorities.wherePatientLies') }, ...named] : named} />
      </Form.Item>
      <Form.Item name="implements" label={t('authorities.implements')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={named} />
      </Form.Item>
      <Form.Item name="apart" valuePropName="checked">
        <Checkbox>{t('authorities.apartLong')}</Checkbox>
      </Form.Item>
      {!grant && (
        <Form.Item name="direct" valuePropName="checked">
          <Checkbox>{t('authorities.directLong')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
