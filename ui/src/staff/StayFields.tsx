import { Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { DayField } from './DayField';
import type { Departments } from './departments';
import { PersonPicker } from './PersonPicker';
import { rolesShown } from './roles-shown';
import { natureOf, stayKinds, type StayKind } from './stay';

/** What a new stay needs, which depends on its kind. */
export function StayFields({ departments }: { departments: Departments }) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const kind = Form.useWatch<StayKind | undefined>('kind') ?? 'joining';
  const nature = natureOf(kind);
  const needed = [{ required: true, message: t('add.required') }];
  const roles = nature.roles ?? rolesShown;
  return (
    <>
      <Form.Item name="kind" label={t('stays.kind')} rules={needed}>
        <Select options={stayKinds.map((value) => ({ value, label: t(`stays.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="department" label={t('filter.department')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
      </Form.Item>
      {!nature.away && (
        <Form.Item key={kind} name="role" preserve={false} label={t('filter.role')} rules={needed} initialValue={nature.roles?.[0]}>
          <Select options={roles.map((value) => ({ value, label: term('role', value) }))} />
        </Form.Item>
      )}
      {nature.sponsored && (
        <Form.Item name="sponsor" label={t('stays.sponsor')} rules={needed} extra={t('stays.sponsorHint')}>
          <PersonPicker />
        </Form.Item>
      )}
      {nature.vendor && <VendorField />}
      {!nature.away && (
        <Form.Item name="team" label={t('stays.team')}>
          <Input maxLength={80} />
        </Form.Item>
      )}
      <DayField name="until" label={t('stays.until')} least={dayjs()} most={dayjs().add(nature.longest, 'day')} hint={t('stays.untilHint', { days: nature.longest })} />
      <DayField name="programme" label={t('stays.programme')} optional least={dayjs()} most={dayjs().add(nature.longest, 'day')} hint={t('stays.programmeHint')} />
    </>
  );
}

function VendorField() {
  const { t } = useTranslation('staff');
  const vendors = queries.useQuery('get', '/api/vendors', {});
  return (
    <Form.Item name="vendor" label={t('vendors.vendor')} rules={[{ required: true, message: t('add.required') }]} extra={t('stays.vendorHint')}>
      <Select options={(vendors.data?.items ?? []).map(({ id, name, bound }) => ({ value: id, label: bound ? name : t('vendors.unboundName', { name }), disabled: !bound }))} />
    </Form.Item>
  );
}
