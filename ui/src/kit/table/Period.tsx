import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

export interface PeriodProps {
  label: string;
  /** Days as YYYY-MM-DD, both inclusive. */
  from: string | undefined;
  to: string | undefined;
  /** It was just asked for, and opens by itself. */
  wanted: boolean;
  onClose: () => void;
  onChange: (from: string | undefined, to: string | undefined) => void;
}

const written = 'YYYY-MM-DD';
const read = (day: string | undefined) => (day ? dayjs(day) : null);

/** Two days, with the usual periods at hand. */
export default function Period({ label, from, to, wanted, onClose, onChange }: PeriodProps) {
  const { t } = useTranslation('kit');
  const today = dayjs();
  return (
    <DatePicker.RangePicker
      aria-label={label}
      autoFocus={wanted}
      defaultOpen={wanted}
      onOpenChange={(open) => !open && onClose()}
      value={[read(from), read(to)]}
      allowEmpty={[true, true]}
      placeholder={[t('table.from'), t('table.to')]}
      style={{ width: 250 }}
      presets={[
        { label: t('table.today'), value: [today, today] },
        { label: t('table.week'), value: [today.subtract(6, 'day'), today] },
        { label: t('table.month'), value: [today.subtract(29, 'day'), today] },
      ]}
      onChange={(days) => onChange(days?.[0]?.format(written), days?.[1]?.format(written))}
    />
  );
}
