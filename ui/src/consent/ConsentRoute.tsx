import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import type { Fact } from '@/kit/Facts';
import { formatMinute } from '@/language/time';
import { useText } from '@/language/text';
import { usePeriod, useScopeOf, type SeenConsent } from './consent';
import { ConsentSheet } from './ConsentSheet';
import { useMark } from './use-mark';
import type words from './words.zh.json';

export function Component() {
  const { id = '' } = useParams();
  const seen = queries.useQuery('get', '/api/consents/{id}', { params: { path: { id } } });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  return <Sheet consent={seen.data} />;
}

/** One consent: who gave it, on which words, and where it stands. */
function Sheet({ consent }: { consent: SeenConsent }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const period = usePeriod();
  const scopeOf = useScopeOf();
  const mark = useMark();
  const { organisation } = useSession();
  const { giver, wording } = consent;
  const document = t(`document.${giver.document as keyof (typeof words)['document']}`);
  const kinship = giver.kinship && t(`kinship.${giver.kinship as keyof (typeof words)['kinship']}`);
  const facts: (Fact | false)[] = [
    { label: t('sheet.state'), value: t(`state.${consent.state}`) },
    { label: t('sheet.by'), value: [giver.name, t(`relation.${consent.relation}`), kinship].filter(Boolean).join(' · ') },
    { label: t('sheet.document'), value: `${document} ${giver.number}` },
    { label: t('sheet.since'), value: formatMinute(consent.since) },
    { label: t('sheet.form'), value: t(`form.${consent.form}`) },
    consent.state !== 'refused' && { label: t('sheet.period'), value: period(consent) },
    { label: t('sheet.purposes'), value: scopeOf(consent.scope) },
    Boolean(giver.witness) && { label: t('sheet.witness'), value: giver.witness },
  ];
  const sections = [
    { key: 'text', title: t('sheet.text'), text: text(wording.text) },
    ...(giver.why ? [{ key: 'why', title: t('sheet.why'), text: giver.why }] : []),
    ...(consent.said ? [{ key: 'said', title: t('sheet.said'), text: consent.said }] : []),
    ...(consent.evidence ? [{ key: 'evidence', title: t('sheet.evidence'), text: consent.evidence }] : []),
  ];
  return (
    <ConsentSheet
      organisation={text(organisation)}
      title={text(consent.name)}
      facts={facts.filter((fact): fact is Fact => Boolean(fact))}
      sections={sections}
      version={consent.version}
      back={{ to: `/patients/${consent.patient}?tab=consents`, words: t('sheet.back') }}
      onPrint={() => window.print()}
      mark={mark}
    />
  );
}
