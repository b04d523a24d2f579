import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';

/** A source said so: never to be taken for proven. */
export function ReportedMark({ source }: { source: string }) {
  const { t } = useTranslation('accesslog');
  return (
    <Pill tone="warning" title={t('reportedHint')}>
      {t('reported')} · {source}
    </Pill>
  );
}
