import type { RoadmapItem } from '../../../contracts/roadmap.ts'

/** A card for tests. */
export const sampleCard = (more: Partial<RoadmapItem> = {}): RoadmapItem => ({
  id: '01900000-0000-7000-8000-000000000001',
  version: 1,
  created_at: '2026-11-22T09:00:00.000Z',
  created_by: 'ann@x.example',
  updated_at: '2026-11-22T09:00:00.000Z',
  updated_by: 'ann@x.example',
  title: 'One definition of net sales',
  theme: 'Trust in data',
  phase: 'next',
  target_quarter: '2026-Q4',
  description: '',
  platform_id: null,
  owner: '',
  work_item_ids: [],
  rank: 'V',
  slips: [],
  demand: 0,
  progress: { done: 0, total: 0 },
  ...more,
})
