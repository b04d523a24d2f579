import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';
import { useTerm } from '@/language/terms';
import { formatDay } from '@/language/time';

export type Template = Schemas['ConsentForm'];
export type Consent = Schemas['ConsentRecord'];
export type SeenConsent = Schemas['ConsentSeen'];
export type Told = Schemas['ConsentTold'];
export type Guardian = Schemas['ConsentGuardian'];
export type Exemption = Schemas['ConsentExemption'];
export type Basis = Schemas['ConsentBasis'];
type Scope = Schemas['ConsentScope'];

export const relations = ['patient', 'guardian', 'relative'] as const;
export const forms = ['written', 'electronic', 'verbal'] as const;
export const kinships = ['spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild'] as const;
export const identityDocuments = ['id-card', 'passport', 'residence-permit', 'military', 'household-register', 'birth-certificate'] as const;
/** The purposes for which a patient may be asked. */
export const purposes = ['teaching', 'research', 'insurance', 'commercial', 'institution', 'quality', 'management', 'sensitive-record', 'outside-history'] as const;
/** How a patient authorises that his history of other institutions is read. */
export const historyWays = ['signature', 'paper', 'code'] as const;

export type Relation = (typeof relations)[number];
export type HistoryWay = (typeof historyWays)[number];
export type FormOfConsent = (typeof forms)[number];

export const stateTones: Record<Consent['state'], Tone> = { 'in-force': 'success', 'run-out': 'neutral', withdrawn: 'warning', refused: 'error' };

const outside = ['commercial', 'institution', 'sensitive-record', 'outside-history'] as const;

/** Names a purpose, also one outside the house. */
export function usePurposeName(): (purpose: string) => string {
  const { t } = useTranslation('consent');
  const term = useTerm();
  return (purpose) => {
    const beyond = outside.find((one) => one === purpose);
    return beyond ? t(`purpose.${beyond}`) : term('purpose', purpose);
  };
}

/** How long a consent stands, in words. */
export function usePeriod(): (consent: Pick<Consent, 'until' | 'reviewBy' | 'withdrawn' | 'withdrawnBy'>) => string {
  const { t } = useTranslation('consent');
  return ({ until, reviewBy, withdrawn, withdrawnBy }) => {
    if (withdrawn) return t('withdrawnAt', { day: formatDay(withdrawn), by: t(`relation.${(withdrawnBy ?? 'patient') as Relation}`) });
    if (until) return t('until', { day: formatDay(until) });
    return reviewBy ? t('untilWithdrawn', { day: formatDay(reviewBy) }) : '';
  };
}

/** For what and for whom, in words. */
export function useScopeOf(): (scope: Scope) => string {
  const { t } = useTranslation('consent');
  const named = usePurposeName();
  return ({ purposes: agreed, recipients }) => `${(agreed ?? []).map(named).join(' · ')} (${recipients?.length ? recipients.join(' · ') : t('here')})`;
}
