import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { sensitiveKinds, type SensitiveKind } from './sensitive';

interface SensitiveChoiceProps {
  value?: SensitiveKind[];
  onChange?: (kinds: SensitiveKind[]) => void;
}

/** Of which sensitive history a document tells. */
export function SensitiveChoice({ value, onChange }: SensitiveChoiceProps) {
  const { t } = useTranslation('record');
  return (
    <Checkbox.Group
      aria-label={t('sensitive.kinds')}
      options={sensitiveKinds.map((kind) => ({ value: kind, label: t(`sensitive.kind.${kind}`) }))}
      {...(value && { value })}
      {...(onChange && { onChange })}
    />
  );
}
