import { DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/kit/FormDialog';

interface When {
  since?: string;
  until?: string;
  reviewBy: string;
}

interface DateDialogProps {
  busy: boolean;
  error: string | undefined;
  onDate: (when: When) => void;
  onClose: () => void;
}

interface Values {
  since?: Dayjs | null;
  until?: Dayjs | null;
  reviewBy: Dayjs;
}

/** Asks from when a release holds, and when somebody looks at it again. */
export function DateDialog({ busy, error, onDate, onClose }: DateDialogProps) {
  const { t } = useTranslation('policy');
  const past = (day: Dayjs) => day.isBefore(dayjs(), 'day');
  return (
    <FormDialog<Values>
      title={t('release.date')}
      lead={t('release.dateLead')}
      submit={t('release.date')}
      busy={busy}
      error={error}
      initial={{ reviewBy: dayjs().add(6, 'month') }}
      onClose={onClose}
      onSubmit={({ since, until, reviewBy }) => onDate({ ...(since && { since: since.toISOString() }), ...(until && { until: until.toISOString() }), reviewBy: reviewBy.toISOString() })}
    >
      <Form.Item name="since" label={t('release.start')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" placeholder={t('release.startNow')} disabledDate={past} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="until" label={t('release.end')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" disabledDate={past} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reviewBy" label={t('release.reviewDate')} rules={[{ required: true, message: t('release.dateMust') }]}>
        <DatePicker disabledDate={past} style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  );
}
