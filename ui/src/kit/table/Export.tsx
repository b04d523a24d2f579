import { Suspense, use } from 'react';
import { ExportContext, type Exported } from './exporting';

/** Lets a list leave as a file, where lists may. */
export function Export(exported: Exported) {
  const exportOf = use(ExportContext);
  return <Suspense fallback={null}>{exportOf?.(exported)}</Suspense>;
}
