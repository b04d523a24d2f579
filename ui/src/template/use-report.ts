import { useEffect, useState } from 'react';
import { queries } from '@/api/client';
import { asWire, type Content, type Report } from './template';

/** How long somebody must rest before the server is asked. */
const rest = 700;

/** What the server says of a content while it is written; the last answer until the next one came. */
export function useReport(content: Content, given: Report | undefined, asks: boolean): { report: Report | undefined; fresh: boolean } {
  const [told, setTold] = useState<{ of: Content; report: Report | undefined }>({ of: content, report: given });
  const { mutate } = queries.useMutation('post', '/api/templates/check');
  useEffect(() => {
    if (!asks || told.of === content) return undefined;
    const timer = setTimeout(() => mutate({ body: { content: asWire(content) } }, { onSuccess: (report) => setTold({ of: content, report }) }), rest);
    return () => clearTimeout(timer);
  }, [content, told.of, asks, mutate]);
  return { report: told.report, fresh: told.of === content };
}
