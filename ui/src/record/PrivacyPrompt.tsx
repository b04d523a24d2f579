import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import type { SensitiveKind } from './sensitive';
import { SensitiveChoice } from './SensitiveChoice';

interface PrivacyPromptProps {
  chosen: SensitiveKind[];
  onChoose: (kinds: SensitiveKind[]) => void;
}

/** Said before anything is written: who will see it, and what to mark. */
export function PrivacyPrompt({ chosen, onChoose }: PrivacyPromptProps) {
  const { t } = useTranslation('record');
  return (
    <Notice title={t('sensitive.promptTitle')}>
      <p>{t('sensitive.prompt')}</p>
      <SensitiveChoice value={chosen} onChange={onChoose} />
    </Notice>
  );
}
