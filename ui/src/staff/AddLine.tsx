import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from './departments';
import { rolesShown } from './roles-shown';

const kinds = ['device', 'system', 'data', 'key', 'door-card'] as const;

interface Asked {
  kind: (typeof kinds)[number];
  what: string;
  role: string;
  department?: string;
}

/** Adds something particular to an exit list. */
export default function AddLine({ person, departments, onClose }: { person: string; departments: Departments; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const fault = useFault();
  const add = queries.useMutation('post', '/api/persons/{id}/lines', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('add.required') }];
  return (
    <FormDialog<Asked> title={t('exit.add')} submit={t('exit.addSubmit')} busy={add.isPending} error={fault(add.error)} initial={{ kind: 'device' }} onSubmit={(body) => add.mutate({ params: { path: { id: person } }, body })} onClose={onClose}>
      <Form.Item name="kind" label={t('exit.kind')} rules={needed}>
        <Select options={kinds.map((value) => ({ value, label: t(`exit.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="what" label={t('exit.words')} rules={needed}>
        <Input maxLength={80} placeholder={t('exit.wordsHint')} />
      </Form.Item>
      <Form.Item name="role" label={t('exit.owner')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
      </Form.Item>
      <Form.Item name="department" label={t('filter.department')}>
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
      </Form.Item>
    </FormDialog>
  );
}
