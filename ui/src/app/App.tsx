import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { cache } from '@/api/cache';
import { Look } from '@/theme/Look';
import { router } from './router';
import { Shortcuts } from './shortcuts';


export function App() {
  return (
    <QueryClientProvider client={cache}>
      <Look>
        <Shortcuts>
          <RouterProvider router={router} />
        </Shortcuts>
      </Look>
    </QueryClientProvider>
  );
}
