import { join } from 'node:path'
import type { FileReport } from '../../casework/file-report.ts'
import type { Office } from '../../casework/office.ts'
import type { Routes } from '../endpoint.ts'
import type { GuardSettings } from '../guard.ts'
import { addAlertPages } from './alert.ts'
import { addApiPages } from './api.ts'
import { type Assets, addAssetPages, loadAssets } from './assets.ts'
import { addCommunitiesPages } from './communities.ts'
import { addEventPages } from './event.ts'
import { type Flowchart, loadFlowchart } from './flowchart.ts'
import { addGuidePages } from './guide.ts'
import { addLifecyclePictures } from './lifecycle.ts'
import { addMailboxPages } from './mailbox.ts'
import { addOfflinePages } from './offline.ts'
import { addPosterPages } from './poster.ts'
import { addPresentationPage } from './presentation.ts'
import { addReportPages } from './report.ts'
import type { SiteSettings } from './view.ts'
import { addWalkPages } from './walk.ts'

export { answerNowhere } from './in-community.ts'

/** What the public pages are made with: the built browser code and the flowchart, loaded once at the start. */
export interface SiteParts {
  readonly assets: Assets
  readonly flowchart: Flowchart
}

/**
 * Loads what the public pages are made with.
 *
 * @param dist - folder of what the build made (`dist`).
 */
export const loadSite = async (dist: string): Promise<SiteParts> => ({
  assets: loadAssets([join(dist, 'site'), join(dist, 'console')]),
  flowchart: await loadFlowchart(),
})

/** Every public page. Register them last: a community's page answers any first part of an address. */
export function addSitePages(
  routes: Routes,
  office: Office,
  fileReport: FileReport,
  site: SiteSettings & SiteParts,
  settings: Pick<GuardSettings, 'secure'>,
): void {
  addAssetPages(routes, site.assets)
  addLifecyclePictures(routes)
  addApiPages(routes, site)
  addCommunitiesPages(routes, office, site)
  addAlertPages(routes, office, site)
  addReportPages(routes, office, site, fileReport)
  addPresentationPage(routes, office, site, settings)
  addMailboxPages(routes, office, site)
  addGuidePages(routes, office, site, site.flowchart)
  addEventPages(routes, office, site)
  addPosterPages(routes, office, site)
  addOfflinePages(routes, office, site)
  addWalkPages(routes, office, site, site.flowchart)
}
