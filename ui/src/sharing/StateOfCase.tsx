import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { waitsForHead, type Case } from './case';

const tones: Record<Case['state'], Tone> = { received: 'info', checked: 'info', scoped: 'warning', approved: 'success', closed: 'neutral', refused: 'error' };

/** Where a case stands, in one word. */
export function StateOfCase({ one }: { one: Case }) {
  const { t } = useTranslation('sharing');
  if (waitsForHead(one)) return <Pill tone="warning">{t('stateConfirm')}</Pill>;
  if (one.state === 'approved' && !one.open) return <Pill tone="error">{t('stateOver')}</Pill>;
  return <Pill tone={tones[one.state]}>{t(`state.${one.state}`)}</Pill>;
}
