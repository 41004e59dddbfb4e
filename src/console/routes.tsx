import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { AlertPage } from './alerts/alert-page.tsx'
import { CasePage } from './case/case-page.tsx'
import { useSay } from './desk.tsx'
import { InboxPage } from './inbox/inbox-page.tsx'
import { Shell } from './inbox/shell.tsx'
import { KeptProvider } from './log/kept.tsx'
import { LogPage } from './log/log-page.tsx'
import { TalkPage } from './log/talk-page.tsx'
import { Button } from './pieces/button.tsx'
import { Page } from './pieces/page.tsx'
import { Gate } from './sign-in/gate.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NowhereToBe })

const setUpPage = lazyRouteComponent(() => import('./set-up/set-up-page.tsx'), 'SetUpPage')

const setUps = [
  createRoute({ getParentRoute: () => root, path: '/setup', component: setUpPage }),
  createRoute({ getParentRoute: () => root, path: '/set-up', component: setUpPage }),
] as const

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/console/invitation/$invitation',
  component: lazyRouteComponent(() => import('./invitation/invitation-page.tsx'), 'InvitationPage'),
})

const console = createRoute({
  getParentRoute: () => root,
  path: '/console',
  component: () => (
    <Gate>
      <KeptProvider>
        <Shell>
          <Outlet />
        </Shell>
      </KeptProvider>
    </Gate>
  ),
})

const inbox = createRoute({ getParentRoute: () => console, path: '/', component: InboxPage })
const oneCase = createRoute({ getParentRoute: () => console, path: 'cases/$case', component: CasePage })
const oneAlert = createRoute({
  getParentRoute: () => console,
  path: 'alerts/$alert',
  component: AlertPage,
})
// Not fetched when they are opened: they have to open without a connection.
const log = createRoute({ getParentRoute: () => console, path: 'log/$kind', component: LogPage })
const talk = createRoute({ getParentRoute: () => console, path: 'talk', component: TalkPage })
const account = createRoute({
  getParentRoute: () => console,
  path: 'account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
})
const people = createRoute({
  getParentRoute: () => console,
  path: 'communities/$community/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
})
const roster = createRoute({
  getParentRoute: () => console,
  path: 'communities/$community/roster',
  component: lazyRouteComponent(() => import('./roster/roster-page.tsx'), 'RosterPage'),
})
const motions = createRoute({
  getParentRoute: () => console,
  path: 'communities/$community/motions',
  component: lazyRouteComponent(() => import('./motions/motions-page.tsx'), 'MotionsPage'),
})
const settings = createRoute({
  getParentRoute: () => console,
  path: 'communities/$community/settings/{-$section}',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
})

/** Every place there is, by its address. */
export const makeConsoleRouter = () =>
  createRouter({
    // As close to what broke as can be: the rest of the page stays.
    defaultErrorComponent: Crashed,
    routeTree: root.addChildren([
      ...setUps,
      invitation,
      console.addChildren([inbox, oneCase, oneAlert, log, talk, account, people, settings, roster, motions]),
    ]),
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeConsoleRouter>
  }
}

function NowhereToBe() {
  const say = useSay()
  return (
    <Page title={say('app.not-found.title')}>
      <p>{say('app.not-found.text')}</p>
      <p>
        <a href="/console">{say('inbox.title')}</a>
      </p>
    </Page>
  )
}

function Crashed() {
  const say = useSay()
  return (
    <Page title={say('app.crashed.title')}>
      <p>{say('app.crashed.text')}</p>
      <Button look="main" onPress={() => location.reload()}>
        {say('app.reload')}
      </Button>
    </Page>
  )
}
