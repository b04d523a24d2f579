import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { closeWhatEnded, type Ended } from './close-what-ended';
import { useKnownPatient } from './live-reasons';

/** Closes what an ended right opened, and says why. */
export function useEnded(): (what: Ended) => void {
  const { t } = useTranslation('access');
  const { notification } = App.useApp();
  const nameOf = useKnownPatient();
  return (what) => {
    const kind = t(`ended.kinds.${what.kind}` as never, { defaultValue: t('ended.kinds.other') });
    notification.warning({
      key: `${what.kind}-${what.at}`,
      title: t('ended.title', { kind }),
      description: what.patient === undefined ? t('ended.all') : t('ended.patient', { name: nameOf(what.patient) }),
      duration: 0,
    });
    closeWhatEnded(what);
  };
}
