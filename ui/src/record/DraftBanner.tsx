import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import type { KeptDraft } from './use-draft';

interface DraftBannerProps {
  draft: KeptDraft;
  onReopen: () => void;
  children: ReactNode;
}

/** The banner of a page of writing; says what to do when the draft was changed elsewhere. */
export function DraftBanner({ draft, onReopen, children }: DraftBannerProps) {
  const { t } = useTranslation('record');
  const conflict = draft.saving.state === 'unsaved' && draft.saving.why === 'conflict';
  return (
    <>
      {children}
      {conflict && (
        <Notice
          tone="error"
          title={t('conflict.title')}
          action={
            <span style={{ display: 'flex', gap: 8 }}>
              <Button onClick={onReopen}>{t('conflict.reopen')}</Button>
              <Button onClick={draft.overwrite}>{t('conflict.overwrite')}</Button>
            </span>
          }
        >
          {t('conflict.text')}
        </Notice>
      )}
    </>
  );
}
