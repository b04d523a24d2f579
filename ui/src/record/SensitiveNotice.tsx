import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { useRow, useText } from '@/language/text';
import { formatMinute } from '@/language/time';
import type { MedicalDocument } from './DocumentView';

interface SensitiveNoticeProps {
  document: MedicalDocument;
  /** Absent where the reader cannot. */
  onLift?: (() => void) | undefined;
}

/** Of which sensitive history a document is marked as telling, and who sees it. */
export function SensitiveNotice({ document, onLift }: SensitiveNoticeProps) {
  const { t } = useTranslation('record');
  const row = useRow();
  const text = useText();
  const marked = document.sensitive;
  if (!marked) return null;
  const kinds = row((marked.kinds ?? []).map((kind) => t(`sensitive.kind.${kind}` as never)));
  const by = text(document.people[marked.by]) || marked.by;
  return (
    <Notice
      tone="warning"
      title={t('sensitive.marked', { kinds })}
      action={
        onLift && (
          <Button size="small" onClick={onLift}>
            {t('sensitive.lift')}
          </Button>
        )
      }
    >
      {t(`sensitive.how.${marked.how}`, { by, at: formatMinute(marked.at) })}
      {t('sensitive.seen')}
    </Notice>
  );
}
