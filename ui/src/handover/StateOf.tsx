import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { tones, type Handover } from './handover';

export function StateOf({ of }: { of: Pick<Handover, 'ground' | 'state'> }) {
  const { t } = useTranslation('handover');
  const rehearsed = of.ground === 'rehearsal' && (of.state === 'matched' || of.state === 'differs');
  return <Pill tone={tones[of.state]}>{t(rehearsed ? `rehearsed.${of.state as 'matched' | 'differs'}` : `state.${of.state}`)}</Pill>;
}
