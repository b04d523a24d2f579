import { opens } from '@/app/menu';
import { useSession } from '@/app/session';

/** Whether the page at an address is there and open to the reader, as far as the menu knows. */
export function useOpenPlaces(): (path: string) => boolean {
  const { roles } = useSession();
  const open = opens(roles);
  return (path) => {
    const top = `/${path.split('/')[1] ?? ''}`;
    return top === '/duties' || top === '/patients' || open(top);
  };
}
