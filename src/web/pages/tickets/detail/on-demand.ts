import { lazy } from 'react'

// Most readers only read: what dialogs, comparisons and notices are made of comes when the first one is needed.
export const EditDialog = lazy(() => import('./EditDialog.tsx').then((module) => ({ default: module.EditDialog })))
export const DeleteDialog = lazy(() =>
  import('./DeleteDialog.tsx').then((module) => ({ default: module.DeleteDialog })),
)
export const DeleteComment = lazy(() =>
  import('./DeleteComment.tsx').then((module) => ({ default: module.DeleteComment })),
)
export const TransitionDialog = lazy(() =>
  import('./TransitionDialog.tsx').then((module) => ({ default: module.TransitionDialog })),
)
export const LineDiff = lazy(() =>
  import('../../../parts/LineDiff.tsx').then((module) => ({ default: module.LineDiff })),
)
