import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { digestOf } from './digest';
import { VerifyPackagePage } from './VerifyPackagePage';

/** For whoever holds a package: nobody signs in, and the file stays where it is. */
export function Component() {
  const { t } = useTranslation('exchange');
  const fault = useFault();
  const [reading, setReading] = useState(false);
  const [unread, setUnread] = useState(false);
  const [digest, setDigest] = useState('');
  const vouched = queries.useQuery('get', '/api/packages/verify/{digest}', { params: { path: { digest } } }, { enabled: digest !== '', retry: false });
  const take = async (file: File) => {
    setDigest('');
    setUnread(false);
    setReading(true);
    try {
      setDigest(await digestOf(file));
    } catch {
      setUnread(true);
    } finally {
      setReading(false);
    }
  };
  return (
    <VerifyPackagePage
      digest={digest}
      reading={reading}
      busy={vouched.isFetching}
      vouched={digest ? vouched.data : undefined}
      error={unread ? t('verify.failed') : fault(vouched.error)}
      onFile={(file) => void take(file)}
    />
  );
}
