import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';

/** Tells whoever reads a document loudly which part is in doubt. */
export default function HeldBanner({ document }: { document: Pick<Schemas['RecordDocument'], 'holds' | 'sections'> }) {
  const { t } = useTranslation('amendment');
  return document.holds.map(({ kind, cause, sections }) => {
    const named = sections.map((key) => document.sections?.find((one) => one.key === key)?.title ?? key).join('、') || t('held.whole');
    return (
      <Notice key={cause} tone="error" action={kind === 'correction' ? <Link to={`/amendments/${cause}`}>{t('held.see')}</Link> : undefined}>
        {t(`held.${kind}`, { sections: named })}
      </Notice>
    );
  });
}
