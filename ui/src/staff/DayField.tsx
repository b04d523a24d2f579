import { DatePicker, Form } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';

interface DayFieldProps {
  name: string;
  label: string;
  optional?: boolean;
  least?: Dayjs;
  most?: Dayjs;
  hint?: string;
}

/** A day in a form. */
export function DayField({ name, label, optional, least, most, hint }: DayFieldProps) {
  const { t } = useTranslation('staff');
  return (
    <Form.Item name={name} label={label} extra={hint} rules={[{ required: !optional, message: t('add.required') }]}>
      <DatePicker style={{ width: '100%' }} {...(least && { minDate: least })} {...(most && { maxDate: most })} />
    </Form.Item>
  );
}
