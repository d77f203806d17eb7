import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { EngineApi } from '#core/engine/engine-api.ts';
import type { Adding } from './features/adding/adding.ts';
import type { SampleAsker } from './features/first-visit/sample-asker.ts';
import type { Announcer } from './model/announcer.ts';
import type { Conversations } from './model/conversations.ts';
import type { Layout } from './model/layout.ts';
import type { Library } from './model/library.ts';
import type { Notices } from './model/notices.ts';
import type { Theme } from './model/theme.ts';
import type { Offline } from './offline/offline.ts';
import type { Router } from './router/router.ts';
import type { QuestionBox } from './features/answers/question-box-state.ts';

/** Everything a component may use, made once by `main.ts`. */
export type App = {
  engine: EngineApi;
  router: Router;
  library: Library;
  conversations: Conversations;
  adding: Adding;
  samples: SampleAsker;
  notices: Notices;
  announcer: Announcer;
  layout: Layout;
  theme: Signal<Theme>;
  offline: Offline;
  question: QuestionBox;
  /** Shows a failure in words at the foot of the page. */
  fail: (thrown: unknown) => void;
};

export const AppContext = createContext<App | undefined>(undefined);

/** The parts of the page, for a component below `AppContext`. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp needs an AppContext above it');
  return app;
}
