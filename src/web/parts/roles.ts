import type { Role } from '../../contracts/roles.ts'

/** Roles as people read them. */
export const roleWords: Record<Role, string> = {
  viewer: 'Viewer',
  contributor: 'Contributor',
  triager: 'Triager',
  service_owner: 'Service owner',
  admin: 'Administrator',
  ingestor: 'Ingestor',
  scraper: 'Scraper',
}
