import type { Platform } from '../../../../contracts/status.ts'

export interface PlatformDraft {
  name: string
  domain: string
  owner: string
  description: string
}

export const platformLabels: Record<keyof PlatformDraft, string> = {
  name: 'Name',
  domain: 'Domain',
  owner: 'Owner',
  description: 'Description',
}

export const emptyPlatform: PlatformDraft = { name: '', domain: '', owner: '', description: '' }

export const draftOfPlatform = ({ name, domain, owner, description }: Platform): PlatformDraft => ({
  name,
  domain,
  owner,
  description,
})
