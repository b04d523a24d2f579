import { useTranslation } from 'react-i18next';

/** Says a limit as the API writes it, such as 5wd, in words. */
export function useLimit(): (limit: string) => string {
  const { t } = useTranslation('duty');
  return (limit) => {
    const [, n, unit] = /^(\d+)(m|h|d|wd|wh)$/.exec(limit) ?? [];
    return n && unit ? t(`limits.${unit as 'm' | 'h' | 'd' | 'wd' | 'wh'}`, { n }) : limit;
  };
}
