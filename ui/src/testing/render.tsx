import { render as renderBare, type RenderResult } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';

/** Without styles and motion, which no test looks at and which jsdom is slow to compute. */
const bare = { zeroRuntime: true, token: { motion: false } };

function Frame({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider theme={bare} button={{ autoInsertSpace: false }}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}

export function render(element: ReactNode): RenderResult {
  return renderBare(element, { wrapper: Frame });
}

/** Renders at an address; links and the history work. */
export function renderAt(address: string, element: ReactNode) {
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [address] });
  return { router, ...render(<RouterProvider router={router} />) };
}
