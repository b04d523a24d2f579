import { useTranslation } from 'react-i18next';
import { isProblem } from './problem';

/**
 * Says in the reader's language why something did not work: the sentence of the
 * problem document with what is to be changed, or that nobody answered.
 */
export function useFault(): (error: unknown) => string | undefined {
  const { t } = useTranslation('app');
  return (error) => {
    if (!error) return undefined;
    if (!isProblem(error)) return t('unreachable.title');
    const fields = (error.fields ?? []).map(({ problem }) => problem);
    return [error.detail, ...fields].join(' ');
  };
}
